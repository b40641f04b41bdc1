package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.emr.Applications;
import io.dynaload.emr.Applications.State;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.CanonicalText;
import io.dynaload.item.Value;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import io.dynaload.source.export.Chain;
import io.dynaload.source.export.ExportWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An import in several steps, a chain of exports, as one application after another. */
@Timeout(600)
class StepChainITCase {
  @TempDir private Path folder;
  private EmbeddedDynamoDb dynamoDb;
  private Chain chain;
  private Path dataOfStep2 = Path.of("");

  @BeforeEach
  void writeTheFiles() throws Exception {
    dynamoDb = EmbeddedDynamoDb.start(0);
    chain = new Chain(folder.resolve("bucket"), "some/prefix", 700, 50);
    List<Path> exports = chain.write();
    dataOfStep2 = exports.get(0).resolveSibling("data").resolve("01-inc-file0.json.gz");
    Files.writeString(
        file(),
        """
        source: {type: export, paths: %s}
        sink:
          table: chain
          region: us-west-2
          endpoint: %s
          create-table: {%s}
          write-capacity: 100000
        pipeline:
          name: chain
          parallelism: 2
          cloudwatch: false
          checkpoint: {interval: 200ms, min-pause: 100ms, directory: '%s'}
          dead-letters: {directory: '%s'}
        """
            .formatted(
                exports.stream().map(Path::toString).collect(Collectors.joining(", ", "[", "]")),
                dynamoDb.endpoint(),
                Chain.KEYS,
                checkpoints().toUri(),
                folder.resolve("letters").toUri()));
  }

  @AfterEach
  void stopTheServer() {
    dynamoDb.close();
  }

  private Path file() {
    return folder.resolve("chain.yaml");
  }

  private Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  private record Outcome(ExitStatus status, String out, String err) {}

  private Outcome run(Applications applications, String... options) {
    List<String> arguments = new ArrayList<>(List.of("step", "--file", file().toUri().toString()));
    arguments.addAll(List.of("--report", folder.resolve("report.json").toString()));
    arguments.addAll(Arrays.asList(options));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitStatus status =
        DynaloadCommand.execute(
            arguments.toArray(String[]::new),
            new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                0),
            flink -> applications);
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The import is done, by all of its runs together. */
  private void assertWhole(Outcome outcome) throws IOException {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out().lines())
        .singleElement()
        .asString()
        .startsWith("chain finished in ")
        .endsWith("; balanced");
    JsonNode report = report();
    assertThat(report.path("read").asLong()).isEqualTo(chain.records());
    assertThat(report.path("written").asLong() + report.path("deleted").asLong())
        .isEqualTo(chain.records());
    assertThat(report.path("deleted").asLong()).isPositive();
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      assertThat(LocalTables.content(client, "chain"))
          .containsExactlyElementsOf(CanonicalText.of(chain.table()));
    }
    assertThat(runs()).isEmpty();
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  private List<String> runs() throws IOException {
    try (Stream<Path> runs = Files.list(checkpoints().resolve("chain"))) {
      return runs.map(run -> run.getFileName().toString()).toList();
    }
  }

  @Test
  void aChainIsOneApplicationAfterAnother() throws Exception {
    ThreadCluster cluster = new ThreadCluster();

    Outcome outcome = run(cluster);

    assertWhole(outcome);
    assertThat(outcome.err())
        .containsSubsequence(
            "chain runs as application_1",
            "step 1 of 4 is done",
            "chain runs as application_2",
            "step 2 of 4 is done",
            "chain runs as application_3",
            "step 3 of 4 is done",
            "chain runs as application_4")
        .doesNotContain("step 4", "Going on", "error");
    assertThat(cluster.begun).isEqualTo(Collections.nCopies(4, "dynaload chain"));
    // Three of the applications were looked at after two seconds or more.
    assertThat(report().path("seconds").asDouble()).isGreaterThan(6);
  }

  @Test
  void aChainGoesOnWithTheStepWhoseApplicationFailed() throws Exception {
    Path aside = folder.resolve("aside");
    HinderedClusters.Hindered cluster =
        new HinderedClusters.Hindered(() -> Files.move(dataOfStep2, aside));

    Outcome failed = run(cluster);

    assertThat(failed.status()).as(failed.err()).isEqualTo(ExitStatus.SOURCE_FAILED);
    assertThat(failed.err())
        .contains("step 1 of 4 is done", "error: ", dataOfStep2.getFileName().toString())
        .doesNotContain("\tat ", "step 2 of 4");
    assertOfFirstStep(failed, "failed in ");
    assertThat(cluster.begun).hasSize(2);

    Files.move(aside, dataOfStep2);
    Outcome lost = run(new HinderedClusters.Losing(State.FAILED), "--resume", "latest");

    assertThat(lost.status()).as(lost.err()).isEqualTo(ExitStatus.UNEXPECTED);
    assertThat(lost.err())
        .containsPattern("Going on from \\S+-002\n")
        .contains("step 2 of 4 is done", "error: The application application_7", "node was lost.")
        .containsPattern("To go on: the same step with --resume latest \\(from \\S+-003\\)");
    assertThat(lost.out()).startsWith("chain failed in ");

    ThreadCluster rest = new ThreadCluster();
    Outcome done = run(rest, "--resume", "latest");

    assertWhole(done);
    assertThat(done.err())
        .containsPattern("Going on from \\S+-003\n")
        .contains("step 3 of 4 is done")
        .doesNotContain("step 1", "step 2");
    assertThat(rest.begun).hasSize(2);
  }

  /** Its ledger is that of the first step, and it can go on with the second. */
  private void assertOfFirstStep(Outcome outcome, String state) throws IOException {
    assertThat(outcome.out().lines()).singleElement().asString().startsWith("chain " + state);
    assertThat(report().path("read").asLong()).isPositive().isLessThan(chain.records());
    assertThat(report().path("written").asLong()).isEqualTo(report().path("read").asLong());
    assertThat(runs()).anyMatch(run -> run.endsWith("-002"));
  }

  /** Of the second export, long enough to be stopped in the midst of it, one item has no key. */
  private void writeTwoExports() throws Exception {
    List<Map<String, Value>> items =
        IntStream.range(0, 20_000).mapToObj(StepChainITCase::item).toList();
    ExportWriter writer = new ExportWriter(folder.resolve("two"), "", true);
    Instant time = Instant.parse("2023-09-18T17:00:00Z");
    Path full = writer.full("01", "t", time, "DYNAMODB_JSON", items.subList(100, 200));
    Path incremental =
        writer.incremental(
            "02",
            "t",
            time,
            time.plusSeconds(900),
            "DYNAMODB_JSON",
            items.stream().map(item -> new ExportWriter.Change(item, null, item, 1)).toList());
    String paths = "source: {type: export, paths: [%s, %s]}".formatted(full, incremental);
    Files.writeString(file(), Files.readString(file()).replaceFirst("source: .*", paths));
  }

  private static Map<String, Value> item(int i) {
    return Map.of(
        i == 50 ? "no key" : "pk",
        new Value.S("p" + i),
        "sk",
        new Value.N(Integer.toString(i)),
        "text",
        new Value.S("x".repeat(200)));
  }

  @Test
  void aChainGoesOnInTheMidstOfAStepWhereItsErrorBudgetWasSpent() throws Exception {
    writeTwoExports();
    Outcome stopped =
        run(
            new ThreadCluster(),
            "--set",
            "pipeline.error-budget=0",
            "--set",
            "sink.write-capacity=500");

    assertThat(stopped.status()).as(stopped.err()).isEqualTo(ExitStatus.REJECTED);
    assertThat(stopped.out()).startsWith("chain interrupted in ");
    assertThat(stopped.err())
        .contains("step 1 of 2 is done", "more than pipeline.error-budget: 0 allows")
        .containsPattern("--resume latest \\(from \\S+-002/savepoints/savepoint-");

    ThreadCluster rest = new ThreadCluster();
    Outcome done = run(rest, "--resume", "latest", "--set", "pipeline.error-budget=1");

    assertThat(done.status()).as(done.err()).isEqualTo(ExitStatus.OK);
    assertThat(done.err()).containsPattern("Going on from \\S+-002/savepoints/savepoint-");
    assertThat(done.out())
        .contains("read 20,100 = written 20,099 + rejected 1;")
        .endsWith("; balanced\n");
    assertThat(rest.begun).hasSize(1);
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      assertThat(LocalTables.count(client, "chain")).isEqualTo(19_999);
    }
    assertThat(runs()).isEmpty();
  }

  @Test
  void aSignalNearAStepsEndKeepsTheNextFromBeginning() throws Exception {
    HinderedClusters.Cancelled cluster = new HinderedClusters.Cancelled();

    Outcome stopped = run(cluster);

    assertThat(stopped.status()).as(stopped.err()).isEqualTo(ExitStatus.TERMINATED);
    assertOfFirstStep(stopped, "interrupted in ");
    assertThat(stopped.err())
        .contains("step 1 of 4 is done")
        .containsPattern("To go on: the same step with --resume latest \\(from \\S+-002\\)");
    assertThat(cluster.begun).hasSize(1);

    assertWhole(run(new ThreadCluster(), "--resume", "latest"));
  }

  @Test
  void aSignalWhileTheNextApplicationWaitsEndsTheImportBetweenItsSteps() throws Exception {
    Outcome stopped = run(new HinderedClusters.Full());

    assertThat(stopped.status()).as(stopped.err()).isEqualTo(ExitStatus.TERMINATED);
    assertOfFirstStep(stopped, "interrupted in ");
    assertThat(stopped.err())
        .contains("Stopping application_2")
        .containsPattern("To go on: the same step with --resume latest \\(from \\S+-002\\)");
  }

  @Test
  void anApplicationThatSomebodyKillsEndsTheImportBetweenItsSteps() throws Exception {
    Outcome killed = run(new HinderedClusters.Losing(State.KILLED));

    assertThat(killed.status()).as(killed.err()).isEqualTo(ExitStatus.TERMINATED);
    assertOfFirstStep(killed, "interrupted in ");
    assertThat(killed.err())
        .contains("step 1 of 4 is done", "The application application_7 was killed")
        .containsPattern("To go on: the same step with --resume latest \\(from \\S+-002\\)")
        .doesNotContain("error: ");
  }

  @Test
  void anApplicationThatTheClusterDoesNotTakeEndsTheImportBetweenItsSteps() throws Exception {
    HinderedClusters.Hindered cluster =
        new HinderedClusters.Hindered(
            () -> {
              throw new ImportException(ErrorCode.INTERNAL, "It is not taken", "Wait.");
            });

    Outcome refused = run(cluster);

    assertThat(refused.status()).as(refused.err()).isEqualTo(ExitStatus.UNEXPECTED);
    assertThat(refused.err()).contains("step 1 of 4 is done", "error: It is not taken");
    assertOfFirstStep(refused, "failed in ");
  }

  @Test
  void aClusterThatSaysNothingAnyMoreLeavesTheLedgerOfTheStepsBefore() throws Exception {
    Outcome silent = run(new HinderedClusters.OutOfSight());

    assertThat(silent.status()).as(silent.err()).isEqualTo(ExitStatus.UNEXPECTED);
    assertThat(silent.err()).contains("step 1 of 4 is done", "error: YARN does not answer");
    assertOfFirstStep(silent, "failed in ");
  }

  @Test
  void aStopBetweenTwoApplicationsKeepsTheNextFromBeginning() throws Exception {
    List<Outcome> stops = new ArrayList<>();
    ThreadCluster nothingRuns = new ThreadCluster();
    HinderedClusters.Ended cluster =
        new HinderedClusters.Ended(() -> stops.add(run(nothingRuns, "--stop")));

    Outcome stopped = run(cluster);

    assertThat(stops).as(stopped.err()).singleElement().satisfies(StepChainITCase::assertAsked);
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(ExitStatus.TERMINATED);
    assertOfFirstStep(stopped, "interrupted in ");
    assertThat(stopped.err())
        .contains("step 1 of 4 is done", "Stopping before the next step")
        .containsPattern("To go on: the same step with --resume latest \\(from \\S+-002\\)");
    assertThat(cluster.begun).hasSize(1);

    assertWhole(run(new ThreadCluster(), "--resume", "latest"));
  }

  private static void assertAsked(Outcome stop) {
    assertThat(stop.status()).as(stop.err()).isEqualTo(ExitStatus.OK);
    assertThat(stop.out()).contains("chain").contains(" has no application at the moment");
  }

  @Test
  void aStopWhileTheNextApplicationIsSubmittedStopsIt() throws Exception {
    List<Outcome> stops = new ArrayList<>();
    ThreadCluster nothingRuns = new ThreadCluster();
    HinderedClusters.Hindered cluster =
        new HinderedClusters.Hindered(() -> stops.add(run(nothingRuns, "--stop")));

    Outcome stopped = run(cluster);

    assertThat(stops).as(stopped.err()).singleElement().satisfies(StepChainITCase::assertAsked);
    assertThat(cluster.stopped).containsExactly("application_2");
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(ExitStatus.TERMINATED);
    assertThat(stopped.err())
        .contains("Stopping application_2", "step 2 of 4 is done", "Stopping before the next step")
        .containsPattern("To go on: the same step with --resume latest \\(from \\S+-003\\)");
    assertThat(cluster.begun).hasSize(2);
  }

  @Test
  void aStopBetweenTwoApplicationsOfOneOfSeveralKeepsTheOthersFromBeginning() throws Exception {
    Files.writeString(
        file(), Files.readString(file()) + "max-concurrent: 1\nimports: [{name: a}, {name: b}]\n");
    List<Outcome> stops = new ArrayList<>();
    ThreadCluster nothingRuns = new ThreadCluster();
    HinderedClusters.Ended cluster =
        new HinderedClusters.Ended(() -> stops.add(run(nothingRuns, "--stop")));

    Outcome stopped = run(cluster);

    assertThat(stops).as(stopped.err()).singleElement().satisfies(StepChainITCase::assertAsked);
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(ExitStatus.TERMINATED);
    assertThat(stopped.err()).contains("a (exit code 143), b (exit code 143)");
    assertThat(cluster.begun).containsExactly("dynaload chain/a");
  }
}
