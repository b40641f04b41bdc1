package io.dynaload.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.capacity.ManualThread;
import io.dynaload.faulty.Fault;
import io.dynaload.faulty.FaultyDynamoDb;
import io.dynaload.faulty.ModelDynamoDb;
import io.dynaload.faulty.TableSpec;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import io.dynaload.wire.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalWriterTest {
  private static final double RATE = 5000;
  private static final WriteModeConfig NEWER_WINS = WriteModeConfig.newerWins("v");

  private final ManualThread thread = new ManualThread();
  private final ModelDynamoDb model = new ModelDynamoDb(thread::nanoTime);
  private final FaultyDynamoDb faulty = new FaultyDynamoDb(model);

  /** The same tables as another application sees them, which has no faults. */
  private final FaultyDynamoDb live = new FaultyDynamoDb(model);

  private final Counts counts = new Counts(Count.values());
  private final List<String> rejected = new ArrayList<>();
  private final SettledBudget budget = new SettledBudget(new TokenBucket(RATE, thread));

  private ModelService service = service(NEWER_WINS);

  private ModelService service(WriteModeConfig mode) {
    return new ModelService(thread, new ConditionalFormat("t", TestItems.KEYS, mode), faulty);
  }

  private BatchWriter writer(WriteModeConfig mode) {
    model.create("t", TableSpec.unlimited(TestItems.KEYS));
    service = service(mode);
    TargetErrors errors = new TargetErrors(TestConfig.of("readings", "http://127.0.0.1:1"));
    return new BatchWriter(
        Limits.of(4, RATE).in(mode),
        new BatchWriter.Calls(
            service,
            budget,
            new Backoff(new SplittableRandom(1)),
            new Outages(Duration.ofMinutes(15), errors, thread, line -> {}),
            (item, code, reason) -> rejected.add(item.origin().position() + " " + code)),
        thread,
        counts);
  }

  private static void write(BatchWriter writer, Item... items) throws Exception {
    for (Item item : items) {
      writer.write(TestItems.keyOf(item), item);
    }
  }

  /** A put with a version that is a number. */
  private static Item put(long id, long version, String by) {
    return put(id, "{\"N\":\"" + version + "\"}", by);
  }

  private static Item put(long id, String version, String by) {
    String json =
        "{\"id\":{\"N\":\"" + id + "\"},\"v\":" + version + ",\"by\":{\"S\":\"" + by + "\"}}";
    return Item.put(json.getBytes(UTF_8), 20, Item.NO_WRITE_TIMESTAMP, new Origin("test", id));
  }

  private static Item delete(long id, long version) {
    String json = "{\"id\":{\"N\":\"" + id + "\"},\"v\":{\"N\":\"" + version + "\"}}";
    return Item.delete(json.getBytes(UTF_8), 4, Item.NO_WRITE_TIMESTAMP, new Origin("test", id));
  }

  /** The item of a key as GetItem answers it; "{}" if there is none. */
  private String there(long id) {
    String key = "{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"" + id + "\"}}}";
    return new String(live.call("GetItem", key.getBytes(UTF_8)).body(), UTF_8);
  }

  private void assertCounts(long written, long skipped, long deleted) {
    assertThat(
            List.of(
                counts.get(Count.WRITTEN), counts.get(Count.SKIPPED), counts.get(Count.DELETED)))
        .containsExactly(written, skipped, deleted);
    assertThat(counts.get(Count.SUPERSEDED)).isZero();
  }

  @Test
  void insertsLeaveAloneWhatIsThere() throws Exception {
    BatchWriter writer = writer(WriteModeConfig.INSERT_ONLY);
    ModelService.put(live, put(3, 0, "live"));
    for (int id = 0; id < 100; id++) {
      write(writer, put(id, 1, "us"));
    }
    writer.drain();

    assertCounts(99, 1, 0);
    assertThat(there(3)).contains("live");
    assertThat(there(4)).contains("us");
    assertThat(service.mostInFlight()).isEqualTo(4);
    assertThat(counts.get(Count.WRITE_UNITS)).isEqualTo(100);
    assertThat(budget.outstanding()).isZero();
    assertThat(budget.settled()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWeWroteBeforeWithoutLearningOfItCountsAsWritten(boolean newerWins) throws Exception {
    BatchWriter writer = writer(newerWins ? NEWER_WINS : WriteModeConfig.INSERT_ONLY);
    faulty.then(Fault.LOST_ANSWER);
    write(writer, put(1, 1, "us"), put(2, 1, "us"));
    writer.drain();

    assertCounts(2, 0, 0);
    assertThat(counts.get(Count.RETRIED)).isEqualTo(1);
  }

  @Test
  void ofSeveralVersionsTheFirstIsInserted() throws Exception {
    BatchWriter writer = writer(WriteModeConfig.INSERT_ONLY);
    faulty.then(Fault.THROTTLE, Fault.INTERNAL_ERROR);
    write(writer, put(1, 1, "first"), put(1, 2, "second"), put(1, 3, "third"));
    thread.runUntil(ModelService.LATENCY_NANOS + 1);
    write(writer, put(1, 4, "while the first waits for its retry"));
    writer.drain();

    assertCounts(1, 3, 0);
    assertThat(there(1)).contains("first");
  }

  @Test
  void theNewestVersionStaysInWhateverOrderTheyCome() throws Exception {
    BatchWriter writer = writer(NEWER_WINS);
    ModelService.put(live, put(2, 5, "live"));
    ModelService.put(live, put(3, 5, "live"));
    write(writer, put(1, 2, "us"), put(1, 10, "us"), put(1, 9, "us"));
    write(writer, put(2, 4, "us"), put(2, 5, "us"), put(3, 6, "us"));
    writer.drain();

    assertCounts(3, 3, 0);
    assertThat(there(1)).contains("\"10\"");
    assertThat(there(2)).contains("live");
    assertThat(there(3)).contains("us");
  }

  @Test
  void versionsThatDoNotCompareLeaveAloneWhatIsThere() throws Exception {
    BatchWriter writer = writer(NEWER_WINS);
    ModelService.put(live, put(1, "{\"S\":\"1\"}", "live"));
    ModelService.put(live, TestItems.item(2, "x"));
    write(writer, put(1, 2, "us"), put(2, 2, "us"));
    writer.drain();

    assertCounts(0, 2, 0);
  }

  @Test
  void aDeleteTakesAnOlderVersionAlongAndNoNewerOne() throws Exception {
    BatchWriter writer = writer(NEWER_WINS);
    ModelService.put(live, put(1, 5, "live"));
    ModelService.put(live, put(2, 5, "live"));
    faulty.then(Fault.LOST_ANSWER);
    write(writer, delete(1, 6), delete(2, 5), delete(3, 1));
    writer.drain();

    assertCounts(0, 1, 2);
    assertThat(there(1)).isEqualTo("{}");
    assertThat(there(2)).contains("live");
  }

  @Test
  void whatHasNoVersionIsRejectedAndTheNextOneOfItsKeyIsWritten() throws Exception {
    BatchWriter writer = writer(NEWER_WINS);
    write(writer, put(1, "{\"BOOL\":true}", "us"), TestItems.delete(1), put(1, 1, "us"));
    writer.drain();

    assertThat(rejected).containsExactly("1 VERSION_TYPE", "1 VERSION_MISSING");
    assertCounts(1, 0, 0);
    assertThat(budget.outstanding()).isZero();
    assertThat(budget.settled()).isEqualTo(1);
  }

  @Test
  void aDeleteAmongInsertsIsRejected() throws Exception {
    BatchWriter writer = writer(WriteModeConfig.INSERT_ONLY);
    write(writer, TestItems.delete(1), put(1, 1, "us"));
    writer.drain();

    assertThat(rejected).containsExactly("1 DELETE_IN_INSERT_ONLY");
    assertCounts(1, 0, 0);
  }

  /** The live application's versions are always the newest. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverFailsWhatIsLiveStaysAndEachItemIsCountedOnce(long seed) throws Exception {
    boolean newerWins = seed % 2 == 0;
    BatchWriter writer = writer(newerWins ? NEWER_WINS : WriteModeConfig.INSERT_ONLY);
    faulty.atRandom(seed, 0.3);
    SplittableRandom random = new SplittableRandom(seed);
    Map<Long, Item> expected = new HashMap<>();
    Map<Long, Long> newest = new HashMap<>();
    Set<Long> lives = new HashSet<>();
    for (int i = 0; i < 3000; i++) {
      long id = random.nextInt(300);
      if (random.nextInt(30) == 0) {
        Item item = put(id, 1_000_000 + i, "live " + i);
        ModelService.put(live, item);
        expected.put(id, item);
        lives.add(id);
      }
      id = random.nextInt(300);
      long version = random.nextInt(1000);
      Item item = put(id, version, "us " + i);
      write(writer, item);
      Long before = newest.get(id);
      if (before == null || (newerWins && version > before)) {
        newest.put(id, version);
        if (!lives.contains(id)) {
          expected.put(id, item);
        }
      }
      if (random.nextInt(500) == 0) {
        writer.drain();
      }
    }
    writer.drain();

    expected.forEach(
        (id, item) -> assertThat(there(id)).isEqualTo("{\"Item\":" + item.jsonText() + "}"));
    assertThat(counts.get(Count.WRITTEN) + counts.get(Count.SKIPPED)).isEqualTo(3000);
    assertThat(counts.get(Count.SKIPPED)).isPositive();
    assertThat(counts.get(Count.RETRIED)).isPositive();
    assertThat(rejected).isEmpty();
    assertThat(budget.outstanding()).isZero();
  }
}
