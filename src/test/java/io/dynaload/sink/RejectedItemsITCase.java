package io.dynaload.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.deadletter.DeadLetter;
import io.dynaload.deadletter.DeadLetterReader;
import io.dynaload.deadletter.DeadLetterStore;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Items that cannot be written, in a job that fails, starts again and is rescaled. */
@Timeout(120)
class RejectedItemsITCase {
  private static final int ITEMS = 6_000;

  /** Every hundredth item is one of these, in turn; the last is rejected before the sink. */
  private static final String[] BAD = {
    "{'v':{'S':'x'}}",
    "{'id':{'S':'1'},'v':{'S':'x'}}",
    "{'id':{'N':''},'v':{'S':'x'}}",
    "{'id':{'N':'1E200'},'v':{'S':'x'}}",
    "{'id':{'N':'NaN'},'v':{'S':'x'}}",
  };

  private static final String[] CODES = {"KEY_MISSING", "KEY_TYPE", "KEY_EMPTY", "NUMBER", "SOON"};
  private static final AtomicInteger FAILURES = new AtomicInteger();

  private static EmbeddedDynamoDb dynamoDb;
  private static MiniCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = EmbeddedDynamoDb.start();
    Configuration flink = new Configuration();
    flink.setString("rest.port", "0");
    flink.setString("taskmanager.memory.segment-size", "4k");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumSlotsPerTaskManager(SinkJob.PARALLELISM)
                .build());
    cluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    dynamoDb.close();
  }

  private static boolean isBad(long number) {
    return number % 100 == 50;
  }

  private static int kind(long number) {
    return (int) (number / 100 % BAD.length);
  }

  private static Item item(long number) {
    if (!isBad(number)) {
      return TestItems.item(number, "v");
    }
    byte[] json = BAD[kind(number)].replace('\'', '"').getBytes(UTF_8);
    Origin origin = new Origin("test", number);
    return kind(number) == BAD.length - 1
        ? Item.rejected(
            json, 5, origin, new Rejection(Stage.SOURCE, Form.ITEM, "SOON", "at the source"))
        : Item.put(json, 10, Item.NO_WRITE_TIMESTAMP, origin);
  }

  private static Item failingTwice(long number) {
    if (number % 2_500 == 2_499 && FAILURES.get() == number / 2_500) {
      FAILURES.incrementAndGet();
      throw new IllegalStateException("injected");
    }
    return item(number);
  }

  private static Map<String, String> settings(Path directory) {
    Map<String, String> flink = new HashMap<>();
    flink.put("execution.checkpointing.interval", "100ms");
    flink.put("execution.checkpointing.dir", directory.toUri().toString());
    flink.put("taskmanager.network.memory.buffer-debloat.enabled", "true");
    flink.put("restart-strategy.type", "fixed-delay");
    flink.put("restart-strategy.fixed-delay.attempts", "3");
    flink.put("restart-strategy.fixed-delay.delay", "10 ms");
    return flink;
  }

  private static Map<String, DeadLetter> lettersById(Path directory) throws Exception {
    DeadLetterStore store =
        new DeadLetterStore(new org.apache.flink.core.fs.Path(directory.toUri()));
    Map<String, DeadLetter> letters = new HashMap<>();
    for (String file : store.toReplay()) {
      try (DeadLetterReader reader = new DeadLetterReader(file)) {
        @Nullable DeadLetter letter;
        while ((letter = reader.next()) != null) {
          letters.put(letter.id(), letter);
        }
      }
    }
    return letters;
  }

  private static void assertExact(Map<String, Object> counts, Path directory) throws Exception {
    int bad = ITEMS / 100;
    assertThat(SinkJob.count(counts, Count.REJECTED)).isEqualTo(bad);
    assertThat(SinkJob.count(counts, Count.WRITTEN)).isEqualTo(ITEMS - bad);
    for (String code : CODES) {
      assertThat(counts.get(MetricNames.rejectedAccumulator(code)))
          .as(code)
          .isEqualTo((long) bad / CODES.length);
    }
    Map<String, DeadLetter> letters = lettersById(directory);
    assertThat(letters).hasSize(bad);
    for (long number = 50; number < ITEMS; number += 100) {
      DeadLetter letter = Objects.requireNonNull(letters.get("run/test@" + number));
      assertThat(letter.item().rejection().code()).isEqualTo(CODES[kind(number)]);
      assertThat(letter.item().rejection().stage())
          .isEqualTo(kind(number) == BAD.length - 1 ? Stage.SOURCE : Stage.SINK);
      assertThat(letter.item().jsonText()).isEqualTo(BAD[kind(number)].replace('\'', '"'));
      assertThat(letter.item().origin()).isEqualTo(new Origin("test", number));
    }
  }

  @Test
  void badItemsAreInTheLettersAndCountedOnceWhateverFails(@TempDir Path directory)
      throws Exception {
    DynamoDbSinkConfig config = SinkJob.config(dynamoDb.endpoint().toString(), "rejects", 8_000);
    TargetTable.open(config);
    JobGraph job =
        SinkJob.graph(config, ITEMS, RejectedItemsITCase::failingTwice, settings(directory));

    Map<String, Object> counts = cluster.executeJobBlocking(job).getAllAccumulatorResults();

    assertThat(FAILURES).hasValue(2);
    assertExact(counts, directory);
  }

  @Test
  void theCountsOfBadItemsGoOnAtAnotherParallelism(@TempDir Path directory) throws Exception {
    DynamoDbSinkConfig config = SinkJob.config(dynamoDb.endpoint().toString(), "bad-rescaled", 600);
    TargetTable.open(config);
    Map<String, String> flink = settings(directory);
    JobGraph two = SinkJob.graph(config, ITEMS, RejectedItemsITCase::item, flink);
    cluster.submitJob(two).get();
    SinkITCase.await(() -> !lettersById(directory).isEmpty());
    String savepoint =
        cluster
            .stopWithSavepoint(
                two.getJobID(), directory.toString(), false, SavepointFormatType.CANONICAL)
            .get();
    assertThat(lettersById(directory)).hasSizeBetween(1, ITEMS / 100 - 1);

    JobGraph one = SinkJob.graph(config, ITEMS, RejectedItemsITCase::item, flink);
    one.getVertices().forEach(vertex -> vertex.setParallelism(1));
    one.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));

    assertExact(cluster.executeJobBlocking(one).getAllAccumulatorResults(), directory);
  }
}
