package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import sun.misc.Signal;

/** Several imports in one file, from files of items into tables of DynamoDB Local. */
@Timeout(180)
class ImportsCommandITCase {
  private static final int ITEMS = 1_500;
  private static final AtomicInteger TESTS = new AtomicInteger();

  private static EmbeddedDynamoDb dynamoDb;

  @TempDir private Path folder;
  private String prefix = "";

  @BeforeAll
  static void startTheServer() {
    dynamoDb = EmbeddedDynamoDb.start(0);
  }

  @AfterAll
  static void stopTheServer() {
    dynamoDb.close();
  }

  @BeforeEach
  void writeTheFiles() throws IOException {
    prefix = "test-" + TESTS.incrementAndGet() + "-";
    for (String name : List.of("a", "b", "c")) {
      items(name);
    }
    Files.writeString(
        file(),
        """
        source: {type: file, format: json}
        sink:
          table: %1$sall
          region: us-west-2
          endpoint: %2$s
          create-table: {partition-key: 'pk:S'}
          write-capacity: 100000
        pipeline:
          name: three
          parallelism: 2
          checkpoint: {interval: 200ms, min-pause: 100ms, directory: %3$s}
          dead-letters: {directory: %4$s}
        imports:
          - name: a
            source: {path: a.json}
          - name: b
            source: {path: b.json}
          - name: c
            source: {path: c.json}
        """
            .formatted(prefix, dynamoDb.endpoint(), checkpoints(), folder.resolve("letters")));
  }

  private void items(String name) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ITEMS; i++) {
      lines.append("{\"pk\":\"%s-%d\",\"from\":\"%s\"}\n".formatted(name, i, name));
    }
    Files.writeString(folder.resolve(name + ".json"), lines);
  }

  private Path file() {
    return folder.resolve("imports.yaml");
  }

  private Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  private record Outcome(ExitStatus status, String out, String err) {}

  private Outcome run(String command, String... options) {
    return run(new ByteArrayOutputStream(), new ByteArrayOutputStream(), command, options);
  }

  private Outcome run(
      ByteArrayOutputStream out, ByteArrayOutputStream err, String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, file().toString()));
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of("--report", folder.resolve("report.json").toString()));
    ExitStatus status =
        DynaloadCommand.execute(
            arguments.toArray(String[]::new),
            new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                0));
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  /** How many items of each file a table holds. */
  private Map<String, Integer> content(String table) {
    Map<String, Integer> found = new TreeMap<>();
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      for (Map<String, AttributeValue> item :
          client.scanPaginator(request -> request.tableName(prefix + table)).items()) {
        found.merge(Objects.requireNonNull(item.get("from")).s(), 1, Integer::sum);
      }
    }
    return found;
  }

  private String[] intoThree(String... more) {
    List<String> options = new ArrayList<>(Arrays.asList(more));
    for (String name : List.of("a", "b", "c")) {
      options.addAll(List.of("--set", "imports." + name + ".sink.table=" + prefix + name));
    }
    return options.toArray(String[]::new);
  }

  private void assertNothingIsLeft() {
    assertThat(checkpoints().resolve("three")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void threeGoIntoOneTable(String concurrent) throws Exception {
    Outcome outcome = run("import", "--set", "max-concurrent=" + concurrent);

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(content("all")).isEqualTo(Map.of("a", ITEMS, "b", ITEMS, "c", ITEMS));
    assertThat(outcome.out().lines())
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).startsWith("three/a finished in "))
        .anySatisfy(line -> assertThat(line).startsWith("three/b finished in "))
        .anySatisfy(line -> assertThat(line).startsWith("three/c finished in "))
        .last()
        .asString()
        .contains("three finished in ", "read 4,500 = written 4,500")
        .endsWith("; balanced; 3 of 3 imports done");
    assertThat(report().path("read").asInt()).isEqualTo(3 * ITEMS);
    assertThat(report().path("balanced").asBoolean()).isTrue();
    assertThat(report().path("imports").findValuesAsText("name"))
        .containsExactly("three/a", "three/b", "three/c");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void threeGoIntoThreeTables(String concurrent) throws Exception {
    Outcome outcome = run("import", intoThree("--set", "max-concurrent=" + concurrent));

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    for (String name : List.of("a", "b", "c")) {
      assertThat(content(name)).isEqualTo(Map.of(name, ITEMS));
    }
    assertNothingIsLeft();
  }

  @Test
  void oneThatFailsDoesNotStopTheOthersAndIsDoneOnItsOwnAfterwards() throws Exception {
    Files.move(folder.resolve("b.json"), folder.resolve("away"));
    Outcome failed = run("import");

    assertThat(failed.status()).as(failed.err()).isEqualTo(ExitStatus.USAGE);
    assertThat(content("all")).isEqualTo(Map.of("a", ITEMS, "c", ITEMS));
    assertThat(failed.err())
        .contains("b: error: ")
        .contains("Not done: b (exit code 2)")
        .contains("the same command with --resume latest (from file:");
    assertThat(failed.out()).contains("three failed in ").contains("; 2 of 3 imports done");
    assertThat(report().path("state").asText()).isEqualTo("FAILED");
    assertThat(report().path("imports").path(1).path("exitCode").asInt()).isEqualTo(2);
    assertThat(report().path("imports").path(1).path("error").asText()).isNotEmpty();

    Files.move(folder.resolve("away"), folder.resolve("b.json"));
    Files.writeString(folder.resolve("a.json"), "{\"pk\":\"new\",\"from\":\"again\"}\n");
    Outcome resumed = run("import", "--resume", "latest");

    assertThat(resumed.status()).as(resumed.err()).isEqualTo(ExitStatus.OK);
    assertThat(resumed.err()).contains("a: done by an earlier run", "c: done by an earlier run");
    assertThat(content("all")).isEqualTo(Map.of("a", ITEMS, "b", ITEMS, "c", ITEMS));
    assertThat(resumed.out().lines()).hasSize(2);
    assertThat(resumed.out()).contains("read 4,500 = written 4,500", "3 of 3 imports done");
    assertNothingIsLeft();
  }

  @Test
  void aMissingTableFailsOneImportOnly() throws Exception {
    List<String> options = new ArrayList<>(List.of(intoThree()));
    options.addAll(List.of("--set", "imports.c.sink.create-table="));
    Outcome failed = run("import", options.toArray(String[]::new));

    assertThat(failed.status()).as(failed.err()).isEqualTo(ExitStatus.USAGE);
    assertThat(failed.err())
        .contains("c: error: ")
        .contains(prefix + "c")
        .contains("does not exist");
    assertThat(content("a")).isEqualTo(Map.of("a", ITEMS));
    assertThat(content("b")).isEqualTo(Map.of("b", ITEMS));

    Outcome resumed = run("import", intoThree("--resume", "latest"));
    assertThat(resumed.status()).as(resumed.err()).isEqualTo(ExitStatus.OK);
    assertThat(content("c")).isEqualTo(Map.of("c", ITEMS));
  }

  @Test
  void anImportThatIsDoneMustBeTheOneThatTheFileDescribes() throws Exception {
    Files.move(folder.resolve("b.json"), folder.resolve("away"));
    run("import");
    Outcome other = run("import", "--resume", "latest", "--set", "imports.a.source.path=c.json");

    assertThat(other.err())
        .contains("a: error: The checkpoint file:", "is of another import than this file describes")
        .contains("a:   source.path: was ", "c.json'");
    assertThat(other.status()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void anewMeansAnew() throws Exception {
    Files.move(folder.resolve("b.json"), folder.resolve("away"));
    run("import");
    Files.writeString(folder.resolve("a.json"), "{\"pk\":\"new\",\"from\":\"again\"}\n");
    Outcome anew = run("import");

    assertThat(anew.err())
        .contains("Note: an earlier run of these imports did not come to its end");
    assertThat(content("all")).containsEntry("again", 1);
  }

  @Test
  void onlyTheImportsThatAreNamedAreRun() throws Exception {
    Outcome outcome = run("import", "--import", "c", "--import", "a");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(content("all")).isEqualTo(Map.of("a", ITEMS, "c", ITEMS));
    assertThat(outcome.out()).contains("2 of 2 imports done");
    assertNothingIsLeft();
  }

  @Test
  void nothingToGoOnFromIsAMistake() {
    Outcome outcome = run("import", "--resume", "latest");
    assertThat(outcome.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(outcome.err())
        .startsWith("error: --resume latest: there is nothing to go on from below ");
  }

  @Test
  void aTrialShowsTheFirstItemsOfEachTable() {
    Outcome outcome = run("import", intoThree("--local", "--set", "max-concurrent=3"));

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out())
        .contains("The first items of " + prefix + "a:", "The first items of " + prefix + "c:");
  }

  /** Adds items that have no key. */
  private void spoil(String name, int items) throws IOException {
    Files.writeString(
        folder.resolve(name + ".json"),
        "{\"from\":\"nowhere\"}\n".repeat(items),
        StandardOpenOption.APPEND);
  }

  @Test
  void eachHasItsDeadLettersAndTheyAreReplayedOneImportAfterTheOther() throws Exception {
    spoil("b", 2);
    spoil("c", 3);
    Outcome outcome = run("import", "--set", "pipeline.error-budget=10");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.err())
        .contains("b: Note: 2 items were rejected (KEY_MISSING 2)")
        .contains("c: Note: 3 items were rejected (KEY_MISSING 3)");
    assertThat(report().path("rejected").asInt()).isEqualTo(5);

    Outcome one = run("replay", "--import", "b", "--set", "pipeline.error-budget=10");
    assertThat(one.status()).as(one.err()).isEqualTo(ExitStatus.OK);
    assertThat(report().path("imports")).hasSize(1);
    assertThat(report().path("rejected").asInt()).isEqualTo(2);

    Outcome all = run("replay", "--set", "imports.b.pipeline.error-budget=10");
    assertThat(all.status()).as(all.err()).isEqualTo(ExitStatus.REJECTED);
    assertThat(all.out()).contains("There are no dead letters of three/a to replay.");
    assertThat(all.err()).contains("c: error: 3 items were rejected");
    assertThat(report().path("rejected").asInt()).isEqualTo(5);
    assertThat(report().path("imports").path(2).path("exitCode").asInt()).isEqualTo(3);
  }

  @Test
  void oneThatSpendsItsErrorBudgetDoesNotStopTheOthers() throws Exception {
    spoil("b", 2);
    Outcome outcome = run("import", "--set", "max-concurrent=2");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.REJECTED);
    assertThat(content("all")).containsEntry("a", ITEMS).containsEntry("c", ITEMS);
    assertThat(outcome.err())
        .contains("b: error: 2 items were rejected (KEY_MISSING 2), more than");
    assertThat(report().path("imports").path(1).path("exitCode").asInt()).isEqualTo(3);
  }

  private Map<String, AttributeValue> item(String table, String pk) {
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      return client
          .getItem(
              request ->
                  request
                      .tableName(prefix + table)
                      .key(Map.of("pk", AttributeValue.fromS(pk)))
                      .consistentRead(true))
          .item();
    }
  }

  @Test
  void theTransformAtTheTopIsOfThoseThatHaveNoneOfTheirOwn() throws Exception {
    Outcome outcome =
        run(
            "import",
            "--set",
            "transform=[{set: {by: '\"all\"'}}, {drop: [from]}]",
            "--set",
            "imports.b.transform=[{set: {by: '\"its own\"'}}]",
            "--set",
            "imports.c.transform=");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(item("all", "a-7"))
        .isEqualTo(Map.of("pk", AttributeValue.fromS("a-7"), "by", AttributeValue.fromS("all")));
    assertThat(item("all", "b-7"))
        .isEqualTo(
            Map.of(
                "pk",
                AttributeValue.fromS("b-7"),
                "from",
                AttributeValue.fromS("b"),
                "by",
                AttributeValue.fromS("its own")));
    assertThat(item("all", "c-7"))
        .isEqualTo(Map.of("pk", AttributeValue.fromS("c-7"), "from", AttributeValue.fromS("c")));
  }

  /** Imports without writing: every key becomes an unreadable number. */
  private void rejectAll(String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--set",
                "transform=[{cast: {pk: N}}]",
                "--set",
                "pipeline.error-budget=100000",
                "--set",
                "sink.create-table={partition-key: 'pk:S'}"));
    options.addAll(Arrays.asList(more));
    Outcome outcome = run("import", options.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void oneReplayAfterTheOtherHasTheWholeLimitOfATable() throws Exception {
    rejectAll("--import", "b");
    String[] options = {"--set", "max-concurrent=3", "--set", "sink.write-capacity=150"};
    Outcome outcome = run("replay", options);

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(content("all")).isEqualTo(Map.of("b", ITEMS));
    // 10 seconds at 150 units a second, 30 at a third of it.
    assertThat(report().path("imports").path(1).path("seconds").asDouble()).isBetween(8.0, 20.0);
  }

  /** Raises a signal when something is printed. */
  private static final class Raising extends ByteArrayOutputStream {
    private final String text;
    private boolean raised;

    Raising(String text) {
      this.text = text;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      if (!raised && toString(StandardCharsets.UTF_8).contains(text)) {
        raised = true;
        Signal.raise(new Signal("TERM"));
      }
    }
  }

  @Test
  void noReplayBeginsAfterASignal() throws Exception {
    rejectAll();
    Outcome outcome =
        run(new Raising("three/a finished in "), new ByteArrayOutputStream(), "replay");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.TERMINATED);
    assertThat(content("all")).containsEntry("a", ITEMS).doesNotContainKey("c");
    assertThat(outcome.out()).doesNotContain("three/c").contains("; 1 of 3 imports done");
    assertThat(report().path("imports").path(2).path("exitCode").asInt()).isEqualTo(143);
  }

  @Test
  void noImportBeginsAfterASignalBetweenTwo() throws Exception {
    Outcome outcome =
        run(new Raising("three/a finished in "), new ByteArrayOutputStream(), "import");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.TERMINATED);
    assertThat(content("all")).isEqualTo(Map.of("a", ITEMS));
    assertThat(outcome.err())
        .contains("Not done: b (exit code 143), c (exit code 143)")
        .contains("the same command with --resume latest");
    assertThat(run("import", "--resume", "latest").status()).isEqualTo(ExitStatus.OK);
    assertThat(content("all")).isEqualTo(Map.of("a", ITEMS, "b", ITEMS, "c", ITEMS));
  }

  @Test
  void noneBeginsAfterASignalWhileTheyAreLookedAt() throws Exception {
    Files.move(folder.resolve("b.json"), folder.resolve("away"));
    Files.move(folder.resolve("c.json"), folder.resolve("away too"));
    run("import");
    Files.move(folder.resolve("away"), folder.resolve("b.json"));
    Files.move(folder.resolve("away too"), folder.resolve("c.json"));

    Outcome outcome =
        run(
            new ByteArrayOutputStream(),
            new Raising("a: done by an earlier run"),
            "import",
            "--resume",
            "latest");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.TERMINATED);
    assertThat(content("all")).isEqualTo(Map.of("a", ITEMS));
    assertThat(outcome.out()).contains("read 1,500 = written 1,500", "1 of 3 imports done");
    assertThat(run("import", "--resume", "latest").status()).isEqualTo(ExitStatus.OK);
    assertNothingIsLeft();
  }

  @Test
  void oneThatIsResumedAloneIsDoneInTheRunOfAll() throws Exception {
    Files.move(folder.resolve("b.json"), folder.resolve("away"));
    run("import");
    Outcome still = run("import", "--resume", "latest", "--import", "b");
    assertThat(still.status()).as(still.err()).isEqualTo(ExitStatus.USAGE);

    Files.move(folder.resolve("away"), folder.resolve("b.json"));
    Outcome alone = run("import", "--resume", "latest", "--import", "b");
    assertThat(alone.status()).as(alone.err()).isEqualTo(ExitStatus.OK);
    assertThat(content("all")).isEqualTo(Map.of("a", ITEMS, "b", ITEMS, "c", ITEMS));
    assertNothingIsLeft();
  }
}
