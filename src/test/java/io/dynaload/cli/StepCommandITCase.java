package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.emr.ApplicationMaster;
import io.dynaload.emr.Applications;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.client.deployment.application.UnsuccessfulExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Imports as applications, on a cluster that is this process. */
@Timeout(180)
class StepCommandITCase {
  private static final int ITEMS = 1_500;
  private static final AtomicInteger TESTS = new AtomicInteger();

  private static EmbeddedDynamoDb dynamoDb;

  @TempDir private Path folder;
  private String table = "";
  private final ThreadCluster cluster = new ThreadCluster();

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
    table = "step-" + TESTS.incrementAndGet();
    writeItems(ITEMS);
    Files.writeString(
        file(),
        """
        source: {type: file, format: json, path: %1$s}
        sink:
          table: %2$s
          region: us-west-2
          endpoint: %3$s
          create-table: {partition-key: 'pk:S'}
          write-capacity: 100000
        pipeline:
          name: readings
          parallelism: 2
          cloudwatch: false
          error-budget: 1
          checkpoint: {interval: 200ms, min-pause: 100ms, directory: '%4$s'}
          dead-letters: {directory: '%5$s'}
        """
            .formatted(
                folder.resolve("items.json"),
                table,
                dynamoDb.endpoint(),
                checkpoints().toUri(),
                folder.resolve("letters").toUri()));
  }

  /** One of them without a key. */
  private void writeItems(int count) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("{\"pk\":\"%s\",\"n\":%d}\n".formatted(i == 700 ? "" : "item-" + i, i));
    }
    Files.writeString(folder.resolve("items.json"), lines);
  }

  private Path file() {
    return folder.resolve("readings.yaml");
  }

  private Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  private record Outcome(ExitStatus status, String out, String err) {}

  private Outcome run(Applications applications, String... options) {
    List<String> arguments = new ArrayList<>(List.of("step", "--file", file().toUri().toString()));
    arguments.addAll(Arrays.asList(options));
    return execute(applications, arguments);
  }

  private static Outcome execute(Applications applications, List<String> arguments) {
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
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private int itemsInTheTable() {
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      return client.scanPaginator(scan -> scan.tableName(table).select(Select.COUNT)).stream()
          .mapToInt(page -> page.count())
          .sum();
    }
  }

  private List<String> runs() throws IOException {
    try (Stream<Path> runs = Files.list(checkpoints().resolve("readings"))) {
      return runs.map(run -> run.getFileName().toString()).toList();
    }
  }

  @Test
  void anImportsLedgerIsTheLastLine() throws Exception {
    Outcome outcome = run(cluster);

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out().lines())
        .singleElement()
        .asString()
        .startsWith("readings finished in ")
        .contains("read 1,500 = written 1,499 + rejected 1")
        .endsWith("; balanced");
    assertThat(outcome.err())
        .contains("readings runs as application_1")
        .contains("Note: 1 item was rejected");
    assertThat(cluster.begun).containsExactly("dynaload readings");
    assertThat(itemsInTheTable()).isEqualTo(ITEMS - 1);
    assertThat(runs()).isEmpty();
  }

  @Test
  void whatIsWrongWithTheFileIsToldBeforeThereIsAnApplication() {
    Outcome outcome = run(cluster, "--set", "sink.tabel=x");

    assertThat(outcome.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(outcome.err()).contains("sink.tabel");
    assertThat(cluster.begun).isEmpty();
  }

  @Test
  void whatTheOtherNodesCannotReachIsRefused() {
    Outcome checkpoints = run(cluster, "--set", "pipeline.checkpoint.directory=checkpoints");
    Outcome letters = run(cluster, "--set", "pipeline.dead-letters.directory=/letters");
    Outcome file = execute(cluster, List.of("step", "--file", file().toString()));

    assertThat(List.of(checkpoints, letters, file))
        .allMatch(outcome -> outcome.status() == ExitStatus.USAGE);
    assertThat(checkpoints.err()).contains("pipeline.checkpoint.directory: checkpoints is on one");
    assertThat(letters.err()).contains("pipeline.dead-letters.directory: /letters is on one node");
    assertThat(file.err()).contains("--file: ");
    assertThat(cluster.begun).isEmpty();
  }

  @Test
  void whatAnApplicationFailsForIsToldAsIfItRanHere() throws Exception {
    Outcome outcome = run(cluster, "--set", "source.path=" + folder.resolve("missing.json"));

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.USAGE);
    assertThat(outcome.err()).contains("missing.json");
    assertThat(outcome.out()).isEmpty();
    assertThat(cluster.begun).hasSize(1);
    assertThat(runs()).isEmpty();
  }

  @Test
  void anImportWithTooManyRejectedItemsIsStoppedAndGoesOn() throws Exception {
    writeItems(20_000);
    Outcome stopped =
        run(cluster, "--set", "pipeline.error-budget=0", "--set", "sink.write-capacity=500");

    assertThat(stopped.status()).as(stopped.err()).isEqualTo(ExitStatus.REJECTED);
    assertThat(stopped.out()).startsWith("readings interrupted in ");
    assertThat(stopped.err())
        .contains("more than pipeline.error-budget: 0 allows")
        .contains("--resume latest (from ")
        .contains("/savepoints/savepoint-");

    Outcome rest = run(cluster, "--resume", "latest");

    assertThat(rest.status()).as(rest.err()).isEqualTo(ExitStatus.OK);
    assertThat(rest.err()).contains("Going on from ").contains("/savepoints/savepoint-");
    assertThat(rest.out())
        .contains("read 20,000 = written 19,999 + rejected 1")
        .contains("balanced");
    assertThat(itemsInTheTable()).isEqualTo(19_999);
    assertThat(runs()).isEmpty();
  }

  @Test
  void anApplicationThatIsLostIsToldWithWhatTheClusterSays() throws Exception {
    Outcome outcome = run(new LostApplications(List.of()));

    assertThat(outcome.status()).isEqualTo(ExitStatus.UNEXPECTED);
    assertThat(outcome.err())
        .contains("The application application_7 has ended as FAILED")
        .contains("running beyond physical memory limits")
        .contains("yarn logs -applicationId application_7");
    assertThat(runs()).isEmpty();
  }

  @Test
  void aSecondApplicationOfAnImportIsRefused() {
    Applications.Application running =
        new Applications.Application("application_3", Applications.State.RUNNING, "");

    Outcome outcome = run(new LostApplications(List.of(running)), "--resume", "latest");

    assertThat(outcome.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(outcome.err())
        .contains("readings runs already, as application_3")
        .contains("--stop");
  }

  @Test
  void severalImportsAreSeveralApplications() throws Exception {
    Files.writeString(
        file(),
        Files.readString(file())
            + """
            max-concurrent: 2
            imports:
              - name: a
              - name: b
                source: {path: %s}
              - name: c
            """
                .formatted(folder.resolve("missing.json")));

    Outcome outcome = run(cluster);

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.USAGE);
    assertThat(cluster.begun)
        .containsExactlyInAnyOrder(
            "dynaload readings/a", "dynaload readings/b", "dynaload readings/c");
    assertThat(outcome.out().lines().toList().get(2))
        .contains("read 3,000 = written 2,998 + rejected 2")
        .endsWith("2 of 3 imports done");
    assertThat(outcome.err()).contains("b: error: ").contains("Not done: b (exit code 2)");
  }

  @Test
  void anImportThatIsStoppedFromOutsideKeepsTheOthersFromBeginning() throws Exception {
    Files.writeString(
        file(), Files.readString(file()) + "max-concurrent: 1\nimports: [{name: a}, {name: b}]\n");
    LostApplications killing =
        new LostApplications(List.of(), Applications.State.KILLED, new ArrayList<>());

    Outcome outcome = run(killing);

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.TERMINATED);
    assertThat(killing.begun()).containsExactly("dynaload readings/a");
    assertThat(outcome.err()).contains("was killed").contains("b (exit code 143)");
  }

  @Test
  void anApplicationThatFinishedAloneIsNotRunAgain() throws Exception {
    Outcome lost = run(new UnreachableAfterwards(cluster));
    assertThat(lost.status()).as(lost.err()).isEqualTo(ExitStatus.UNEXPECTED);
    cluster.awaitAll();

    Outcome outcome = run(cluster, "--resume", "latest");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.err()).contains("readings is done, by an application that ran alone");
    assertThat(outcome.out()).contains("read 1,500 = written 1,499 + rejected 1");
    assertThat(cluster.begun).hasSize(1);
    assertThat(runs()).isEmpty();
  }

  @Test
  void anotherAttemptAtARunThatHasEndedRunsNothing() throws Exception {
    run(new UnreachableAfterwards(cluster));
    cluster.awaitAll();
    Path run = checkpoints().resolve("readings").resolve(runs().get(0));
    String outcome = Files.readString(run.resolve("outcome.json"));
    Files.delete(folder.resolve("items.json"));

    assertThatThrownBy(() -> ApplicationMaster.main(new String[] {run.toUri().toString()}))
        .isInstanceOf(UnsuccessfulExecutionException.class)
        .hasMessageContaining("ended in an earlier attempt");

    assertThat(run.resolve("outcome.json")).hasContent(outcome);
  }

  /** Its applications go on, and nobody learns of it. */
  private record UnreachableAfterwards(Applications cluster) implements Applications {
    @Override
    public List<Application> unfinished(String name) {
      return cluster.unfinished(name);
    }

    @Override
    public Application begin(String name, String folder) throws InterruptedException {
      return cluster.begin(name, folder);
    }

    @Override
    public Application look(String id) {
      throw new ImportException(ErrorCode.INTERNAL, "It does not answer", "Look at it.");
    }

    @Override
    public boolean stop(String id) throws InterruptedException {
      return cluster.stop(id);
    }

    @Override
    public void close() {}
  }

  /** A cluster that loses what it is given. */
  private record LostApplications(List<Application> running, State end, List<String> begun)
      implements Applications {
    LostApplications(List<Application> running) {
      this(running, State.FAILED, new ArrayList<>());
    }

    @Override
    public List<Application> unfinished(String name) {
      return running;
    }

    @Override
    public Application begin(String name, String folder) {
      begun.add(name);
      return new Application(
          "application_7", end, "Container is running beyond physical memory limits. Killing it.");
    }

    @Override
    public Application look(String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean stop(String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
