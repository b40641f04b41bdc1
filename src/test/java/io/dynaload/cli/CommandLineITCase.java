package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.pipeline.LocalImport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a user meets it: exit codes, what is printed, what a mistake looks like. */
class CommandLineITCase {
  @TempDir private static Path folder;
  private static LocalImport local;

  @BeforeAll
  static void startTheServers() throws Exception {
    local = LocalImport.start(2_000, folder);
  }

  @AfterAll
  static void stopTheServers() {
    local.close();
  }

  private record Outcome(ExitStatus status, String out, String err) {}

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitStatus status =
        DynaloadCommand.execute(
            arguments,
            new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                0));
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Outcome runFile(String... options) {
    List<String> arguments = new ArrayList<>(List.of("import", local.file().toString()));
    arguments.addAll(Arrays.asList(options));
    return run(arguments.toArray(String[]::new));
  }

  /**
   * A mistake is answered on one screen, with its place and a remedy, and without a stack trace.
   */
  private static void assertMistake(Outcome outcome, ExitStatus status, String... texts) {
    assertThat(outcome.err()).contains(texts);
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(status);
    assertThat(outcome.err()).startsWith("error: ");
    assertThat(outcome.err().lines()).hasSizeBetween(2, 24);
    assertThat(outcome.err())
        .doesNotContain("\tat ", "Exception", LocalImport.PASSWORD)
        .doesNotContainPattern("\\bnull\\b");
  }

  @Test
  void anImportEndsWithALedgerAndAReportThatAgree() throws Exception {
    Path report = folder.resolve("report.json");
    Outcome outcome = runFile("--report", report.toString());

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.get("balanced").asBoolean()).isTrue();
    String read = String.format("%,d", json.get("read").asLong());
    assertThat(outcome.out())
        .containsPattern("readings finished in [0-9.]+ s: read " + read + " = written " + read)
        .contains("; balanced");
  }

  @Test
  void aLocalTrialMakesItsTableAndShowsItsFirstItems() {
    Outcome outcome = runFile("--local", "--set", "sink.endpoint=http://127.0.0.1:1");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out()).contains("The first items of sensor-readings:", "sensor_id=s-");
  }

  @Test
  void aReportThatCannotBeWrittenIsToldBeforeTheRun() {
    Outcome outcome = runFile("--report", "/proc/nope/x.json");
    assertMistake(outcome, ExitStatus.USAGE, "--report /proc/nope/x.json cannot be written");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void aCheckpointFolderThatCannotBeWrittenIsToldBeforeTheTableIsMade() {
    assertMistake(
        runFile(
            "--set", "pipeline.checkpoint.directory=/proc/nope", "--set", "sink.table=never-made"),
        ExitStatus.USAGE,
        "pipeline.checkpoint.directory");
    assertThat(local.hasTable("never-made")).isFalse();
  }

  @Test
  void aTrialNeedsNoRole() {
    Outcome outcome =
        runFile("--local", "--set", "sink.role-arn=arn:aws:iam::123456789012:role/loader");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void moreReadersThanAProcessCanRun() {
    assertMistake(
        runFile("--set", "pipeline.parallelism=4096"),
        ExitStatus.USAGE,
        "pipeline.parallelism: 4096 is more than one process can run");
  }

  @Test
  void unknownMissingAndWrongKeysAreReportedTogether() throws Exception {
    Path broken = folder.resolve("broken.yaml");
    Files.writeString(
        broken,
        Files.readString(local.file())
            .replace("  url: ", "  ulr: ")
            .replace("page-size: 200", "page-size: many"));
    assertMistake(
        run("import", broken.toString()),
        ExitStatus.USAGE,
        " source.ulr: unknown key",
        "did you mean \"url\"",
        "source.url: is missing",
        "broken.yaml:10 source.page-size: ");
  }

  @Test
  void aFileThatIsNotThere() {
    assertMistake(
        run("import", "/nowhere/x.yaml"), ExitStatus.USAGE, "/nowhere/x.yaml: no such file");
  }

  @Test
  void aWrongUrl() {
    assertMistake(
        runFile("--set", "source.url=jdbc:lindorm:http//x"), ExitStatus.USAGE, "source.url");
  }

  @Test
  void anUnknownSource() {
    assertMistake(runFile("--set", "source.type=oracle"), ExitStatus.USAGE, "oracle", "lindorm");
  }

  @Test
  void aRefusedLogin() {
    assertMistake(
        runFile("--set", "source.username=mallory"),
        ExitStatus.USAGE,
        "refuses the login",
        "password");
  }

  @Test
  void anUnknownTable() {
    assertMistake(runFile("--set", "source.table=radings"), ExitStatus.USAGE, "radings");
  }

  @Test
  void anUnknownColumn() {
    assertMistake(
        runFile("--set", "source.columns=[event_time, sensorid]"),
        ExitStatus.USAGE,
        "sensorid",
        "sensor_id");
  }

  @Test
  void aTimestampThatDoesNotParse() {
    assertMistake(
        runFile("--set", "source.from=yesterday"), ExitStatus.USAGE, "source.from", "yesterday");
  }

  @Test
  void aRangeTheWrongWayRound() {
    assertMistake(
        runFile("--set", "source.to=2022-01-01"), ExitStatus.USAGE, "source.to", "2022-01-01");
  }

  @Test
  void anUnreachableLindorm() throws Exception {
    assertMistake(
        runFile("--set", "source.url=jdbc:lindorm:table:url=http://127.0.0.1:" + closedPort()),
        ExitStatus.SOURCE_FAILED,
        "127.0.0.1");
  }

  @Test
  void anUnreachableDynamoDb() throws Exception {
    int port = closedPort();
    assertMistake(
        runFile("--set", "sink.endpoint=http://127.0.0.1:" + port),
        ExitStatus.TARGET_FAILED,
        "http://127.0.0.1:" + port);
  }

  @Test
  void aKeyThatTheRowsLack() {
    assertMistake(
        runFile(
            "--set", "sink.table=by-device", "--set", "sink.create-table.partition-key=device:S"),
        ExitStatus.USAGE,
        "The rows have no 'device', the partition key of the table by-device");
    assertThat(local.hasTable("by-device")).isFalse();
  }

  @Test
  void aKeyOfTheWrongType() {
    assertMistake(
        runFile(
            "--set", "sink.table=by-battery", "--set", "sink.create-table.partition-key=battery:S"),
        ExitStatus.USAGE,
        "'battery' of the rows is of type N",
        "of type S");
  }

  @Test
  void aSecretOnTheCommandLine() {
    assertMistake(
        runFile("--set", "source.password=" + LocalImport.PASSWORD),
        ExitStatus.USAGE,
        "source.password",
        "${env:");
  }

  @Test
  void nothingToResume() {
    assertMistake(
        runFile("--resume", "latest", "--set", "pipeline.name=other"),
        ExitStatus.USAGE,
        "--resume latest: there is no completed checkpoint");
  }

  @Test
  void anUnknownOption() {
    Outcome outcome = run("import", "x.yaml", "--rsume", "latest");
    assertThat(outcome.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(outcome.err()).contains("--rsume").doesNotContain("\tat ");
  }

  @Test
  void verboseShowsWhereAFailureComesFrom() {
    Outcome outcome = runFile("--verbose", "--set", "source.table=radings");
    assertThat(outcome.err()).contains("\tat io.dynaload.");
  }

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
