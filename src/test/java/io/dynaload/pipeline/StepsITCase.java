package io.dynaload.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.deadletter.DeadLetter;
import io.dynaload.deadletter.DeadLetterReader;
import io.dynaload.error.ImportException;
import io.dynaload.faulty.FaultyServer;
import io.dynaload.faulty.TableSpec;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.Origin;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunState;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * An import in three steps over the same keys, run whole, interrupted in a step and between two.
 */
@Timeout(120)
class StepsITCase {
  private static final int UNITS = 3;
  private static final int ITEMS_PER_UNIT = 800;
  private static final int ITEMS = UNITS * ITEMS_PER_UNIT;
  private static final int BAD_PER_STEP = ITEMS / 100;

  /** So long that not all items are read at once, into the buffers before the sink. */
  private static final String TEXT = "x".repeat(600);

  private static final KeySchema KEYS = new KeySchema(new KeyAttribute("pk", KeyType.S), null);

  /** Puts and deletes of a step; one in a hundred has no key. */
  private record StepItems(int step) implements OrderedItems {
    private static final long serialVersionUID = 1L;

    @Override
    public int units() {
      return UNITS;
    }

    @Override
    public int itemsPerUnit() {
      return ITEMS_PER_UNIT;
    }

    static boolean isBad(int key) {
      return key % 100 == 99;
    }

    boolean isDelete(int key) {
      return key % 4 == step;
    }

    @Override
    public Item item(int unit, int index) {
      int key = unit * ITEMS_PER_UNIT + index;
      Origin origin = new Origin("unit-" + unit, index);
      ItemEncoder encoder = new ItemEncoder().begin();
      try {
        if (!isBad(key)) {
          encoder.string(new ItemEncoder.Name("pk"), "k" + key);
        }
        return isDelete(key) && !isBad(key)
            ? encoder.delete(Item.NO_WRITE_TIMESTAMP, origin)
            : encoder
                .number(new ItemEncoder.Name("step"), step)
                .string(new ItemEncoder.Name("text"), TEXT)
                .put(Item.NO_WRITE_TIMESTAMP, origin);
      } catch (InvalidItemException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** So many steps. */
  private record SteppedSource(int count) implements ImportSource {
    private static final long serialVersionUID = 1L;

    @Override
    public SourceTraits traits() {
      return new SourceTraits(true, false, true);
    }

    @Override
    public List<ImportSource> steps() {
      List<ImportSource> steps = new ArrayList<>();
      for (int step = 0; step < count; step++) {
        steps.add(new OrderedSource(new StepItems(step)));
      }
      return steps;
    }

    @Override
    public SourceSchema inspect() {
      throw new AssertionError("Its steps are inspected");
    }

    @Override
    public Source<Item, ?, ?> toFlinkSource(SourceSchema schema) {
      throw new AssertionError("Its steps are read");
    }
  }

  @TempDir private Path folder;
  private FaultyServer server;
  private Path file;

  @BeforeEach
  void startTheServer() throws IOException {
    server = FaultyServer.start();
    server.create("steps", TableSpec.unlimited(KEYS));
    file = VersionedImport.write("steps", server.endpoint(), folder);
  }

  @AfterEach
  void stopTheServer() throws IOException {
    server.close();
  }

  private PreparedImport prepare(int steps, @Nullable String resume, String... overrides) {
    ImportFile read = ImportFile.read(file, Arrays.asList(overrides));
    return PreparedImport.prepare(
        new ImportFile(
            new SteppedSource(steps),
            read.transform(),
            read.sink(),
            read.pipeline(),
            read.identity()),
        resume);
  }

  /** Runs the steps from this one on. */
  private static ImportRun.Result runAll(PreparedImport prepared) throws InterruptedException {
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      PreparedStep step = prepared.firstStep();
      while (true) {
        ImportRun.Result result = cluster.submit(step).result();
        assertThat(result.failure()).isEmpty();
        var next = prepared.next(step, result);
        if (next.isEmpty()) {
          return result;
        }
        step = next.get();
      }
    }
  }

  private void assertComplete(PreparedImport prepared, ImportRun.Result result) throws IOException {
    Ledger ledger = result.report().ledger();
    assertThat(result.report().state()).isEqualTo(RunState.FINISHED);
    assertThat(ledger.balanced()).as(result.report().summary()).isTrue();
    assertThat(ledger.get(Count.READ)).isEqualTo(3 * ITEMS);
    assertThat(ledger.get(Count.REJECTED)).isEqualTo(3 * BAD_PER_STEP);
    assertThat(result.rejected()).isEqualTo(Map.of("KEY_MISSING", 3L * BAD_PER_STEP));
    assertThat(content()).isEqualTo(model());
    assertThat(letters()).hasSize(3 * BAD_PER_STEP);
    prepared.clearCheckpoints();
    assertThat(prepared.newestCheckpoint()).isEmpty();
    assertThat(folder.resolve("checkpoints/versions")).isEmptyDirectory();
  }

  /** The ids of the letters of all runs. */
  private TreeSet<String> letters() throws IOException {
    TreeSet<String> ids = new TreeSet<>();
    for (String letters :
        ImportFile.read(file, List.of()).pipeline().deadLetters().store("versions").toReplay()) {
      try (DeadLetterReader reader = new DeadLetterReader(letters)) {
        for (DeadLetter letter = reader.next(); letter != null; letter = reader.next()) {
          ids.add(letter.id());
        }
      }
    }
    return ids;
  }

  /** Which step wrote the item of which key. */
  private static Map<String, Integer> model() {
    Map<String, Integer> table = new TreeMap<>();
    for (int key = 0; key < ITEMS; key++) {
      if (!StepItems.isBad(key) && key % 4 != 2) {
        table.put("k" + key, 2);
      }
    }
    return table;
  }

  private Map<String, Integer> content() {
    Map<String, Integer> found = new TreeMap<>();
    try (DynamoDbClient client = LocalTables.client(server.endpoint())) {
      client
          .scanPaginator(request -> request.tableName("steps"))
          .items()
          .forEach(
              item ->
                  found.put(
                      requireNonNull(item.get("pk")).s(),
                      (int) Double.parseDouble(requireNonNull(item.get("step")).n())));
    }
    return found;
  }

  @Test
  void theStepsAreAppliedInTheirOrderAndTheLedgerIsTheirSum() throws Exception {
    PreparedImport prepared = prepare(3, null);
    assertThat(prepared.firstStep().label()).isEqualTo("step 1 of 3");
    assertComplete(prepared, runAll(prepared));
  }

  @Test
  void aStepThatIsInterruptedIsGoneOnWithAndNoneThatIsDoneIsRepeated() throws Exception {
    PreparedImport interrupted = prepare(3, null, "sink.write-capacity=1200");
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      PreparedStep step = interrupted.firstStep();
      ImportRun.Result first = cluster.submit(step).result();
      assertThat(first.report().ledger().get(Count.READ)).isEqualTo(ITEMS);
      PreparedStep second = interrupted.next(step, first).orElseThrow();
      assertThat(second.label()).isEqualTo("step 2 of 3");
      ImportRun run = cluster.submit(second);
      VersionedImport.awaitSettled(run, ITEMS / 20);
      assertThat(run.counts().get(Count.READ)).isGreaterThan(ITEMS);
      assertThat(run.interrupt()).isTrue();
      ImportRun.Result half = run.result();
      assertThat(half.report().state()).isEqualTo(RunState.INTERRUPTED);
      assertThat(half.report().ledger().get(Count.READ)).isBetween(ITEMS + 1L, 2L * ITEMS);
      assertThat(half.report().startedAt()).isEqualTo(first.report().startedAt());
    }
    PreparedImport resumed = prepare(3, "latest");
    assertThat(resumed.firstStep().label()).isEqualTo("step 2 of 3");
    assertComplete(resumed, runAll(resumed));
  }

  @Test
  void anImportThatEndsBetweenTwoStepsGoesOnWithTheSecond() throws Exception {
    PreparedImport prepared = prepare(3, null);
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      PreparedStep step = prepared.firstStep();
      ImportRun.Result first = cluster.submit(step).result();
      assertThat(prepared.next(step, first)).isPresent();
      assertThat(first.interrupted().report().state()).isEqualTo(RunState.INTERRUPTED);
    }
    // Twice, as the first of them takes no checkpoint.
    assertThat(prepare(3, "latest").firstStep().label()).isEqualTo("step 2 of 3");
    PreparedImport resumed = prepare(3, "latest");
    assertThat(resumed.resumesFrom().orElseThrow()).endsWith("-002");
    assertThat(resumed.firstStep().label()).isEqualTo("step 2 of 3");
    assertComplete(resumed, runAll(resumed));
  }

  /** Killed between a job's end and the moment at which it is put down that it has ended. */
  @Test
  void anImportThatEndsBeforeItsStepIsPutDownRepeatsTheStep() throws Exception {
    PreparedImport prepared = prepare(3, null);
    PreparedStep second;
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      PreparedStep first = prepared.firstStep();
      second = prepared.next(first, cluster.submit(first).result()).orElseThrow();
      assertThat(cluster.submit(second).result().failure()).isEmpty();
    }
    PreparedImport resumed = prepare(3, "latest");
    assertThat(resumed.firstStep().label()).isEqualTo("step 2 of 3");
    assertComplete(resumed, runAll(resumed));
  }

  @Test
  void anImportThatEndsBeforeItsFirstStepIsPutDownBeginsAnew() throws Exception {
    PreparedImport prepared = prepare(3, null);
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      assertThat(cluster.submit(prepared.firstStep()).result().failure()).isEmpty();
    }
    assertThatThrownBy(() -> prepare(3, "latest"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("--resume latest: there is no completed checkpoint below");
  }

  @Test
  void aSourceWithFewerStepsThanAreDoneIsRefused() throws Exception {
    PreparedImport prepared = prepare(3, null);
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      PreparedStep step = prepared.firstStep();
      prepared.next(step, cluster.submit(step).result());
    }
    assertThatThrownBy(() -> prepare(1, "latest"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("The source has fewer steps (1) than are done at file:");
    try (var runs = Files.list(folder.resolve("checkpoints/versions"))) {
      assertThat(runs).hasSize(2);
    }
  }
}
