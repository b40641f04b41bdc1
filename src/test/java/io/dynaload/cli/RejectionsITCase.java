package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.pipeline.LocalImport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows that cannot be written, as a user meets them: the error budget, the letters, the replay. */
@Timeout(240)
class RejectionsITCase {
  private static final int SPOILT = 5;

  /** Two rows are added, too. */
  private static final int BAD = SPOILT + 2;

  @TempDir private Path folder;
  private LocalImport local;
  private int rows;

  private record Outcome(ExitStatus status, String out, String err, JsonNode report) {
    long count(String name) {
      return report.get(name).asLong();
    }
  }

  @BeforeEach
  void startTheServers() throws Exception {
    local = LocalImport.start(8_000, folder);
    rows = (int) local.expectedRows() + 2;
    local.spoil(SPOILT);
    local.addRow("''");
    local.addRow("REPEAT('x', 2049)");
  }

  @AfterEach
  void stopTheServers() {
    local.close();
  }

  private Outcome run(String command, String... options) throws IOException {
    Path report = folder.resolve("report.json");
    Files.deleteIfExists(report);
    List<String> arguments =
        new ArrayList<>(List.of(command, local.file().toString(), "--report", report.toString()));
    arguments.addAll(Arrays.asList(options));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitStatus status =
        DynaloadCommand.execute(
            arguments.toArray(String[]::new),
            new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                0));
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ", "NaN", "x".repeat(99));
    return new Outcome(
        status,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8),
        new ObjectMapper().readTree(Files.exists(report) ? Files.readString(report) : "{}"));
  }

  private static String set(String key, Object value) {
    return "--set=" + key + "=" + value;
  }

  private static void assertLedger(Outcome outcome, long read, long written, long rejected) {
    assertThat(outcome.report().get("balanced").asBoolean()).as(outcome.out()).isTrue();
    assertThat(outcome.count("read")).isEqualTo(read);
    assertThat(outcome.count("written")).isEqualTo(written);
    assertThat(outcome.count("rejected")).isEqualTo(rejected);
  }

  private List<Path> letterFiles() throws IOException {
    try (Stream<Path> files = Files.walk(local.letters())) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private Set<String> ids() throws IOException {
    Set<String> ids = new HashSet<>();
    for (Path file : letterFiles()) {
      for (String line : Files.readAllLines(file)) {
        ids.add(new ObjectMapper().readTree(line).get("id").asText());
      }
    }
    return ids;
  }

  private void mend(UnaryOperator<String> change) throws IOException {
    for (Path file : letterFiles()) {
      Files.writeString(file, change.apply(Files.readString(file)));
    }
  }

  private static String mendAll(String letters) {
    return letters
        .replace("{\"N\":\"NaN\"}", "{\"N\":\"20.5\"}")
        .replace("\"sensor_id\":{\"S\":\"\"}", "\"sensor_id\":{\"S\":\"mended-1\"}")
        .replace("x".repeat(2049), "mended-2");
  }

  @Test
  void aRunStopsWhenItsErrorBudgetIsSpentAndGoesOnWithALargerOne() throws Exception {
    Outcome stopped =
        run("import", set("sink.write-capacity", 500), set("pipeline.error-budget", 2));
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(ExitStatus.REJECTED);
    assertThat(stopped.report().get("state").asText()).isEqualTo("INTERRUPTED");
    assertThat(stopped.count("rejected")).isBetween(3L, (long) BAD);
    assertThat(stopped.count("pending")).isPositive();
    assertThat(stopped.err())
        .contains("Stopping: the error budget is spent; taking a last checkpoint")
        .containsPattern(
            "error: \\d items were rejected \\(.*UNSUPPORTED_VALUE \\d.*\\), more than")
        .contains("pipeline.error-budget: 2 allows", "file:" + local.letters() + "/readings/")
        .contains("--resume latest (from file:", "./run.sh replay FILE");

    Outcome again =
        run(
            "import",
            "--resume=latest",
            // Slow, so that it is stopped and does not end before it is looked at.
            set("sink.write-capacity", 200),
            set("pipeline.error-budget", 2));
    assertThat(again.status()).as(again.err()).isEqualTo(ExitStatus.REJECTED);

    Outcome wentOn = run("import", "--resume=latest", set("pipeline.error-budget", BAD));
    assertThat(wentOn.status()).as(wentOn.err()).isEqualTo(ExitStatus.OK);
    assertLedger(wentOn, rows, rows - BAD, BAD);
    assertThat(wentOn.err())
        .contains(
            "Note: 7 items were rejected (KEY_EMPTY 1, KEY_TOO_LONG 1, UNSUPPORTED_VALUE 5)",
            "within pipeline.error-budget: 7");
    assertThat(local.found()).hasSize(rows - BAD);
    assertThat(ids()).hasSize(BAD);

    mend(RejectionsITCase::mendAll);
    Outcome replayed = run("replay");
    assertThat(replayed.status()).as(replayed.err()).isEqualTo(ExitStatus.OK);
    assertLedger(replayed, BAD, BAD, 0);
    assertThat(local.found()).hasSize(rows);
  }

  @Test
  void whatARunThatEndsBeforeItIsStoppedRejectedIsJudgedAtItsEnd() throws Exception {
    Outcome ended = run("import", set("pipeline.error-budget", "0.1%"));
    assertThat(ended.status()).as(ended.err()).isEqualTo(ExitStatus.REJECTED);
    if (ended.report().get("state").asText().equals("FINISHED")) {
      assertLedger(ended, rows, rows - BAD, BAD);
      assertThat(ended.err()).contains("All other items are written.").doesNotContain("--resume");
    }
  }

  private void importAll() throws IOException {
    Outcome imported = run("import", set("pipeline.error-budget", BAD));
    assertThat(imported.status()).as(imported.err()).isEqualTo(ExitStatus.OK);
    assertLedger(imported, rows, rows - BAD, BAD);
  }

  @Test
  void aReplayWritesEachLetterOnceAndThenThereIsNothingToReplay() throws Exception {
    importAll();
    // As after a restart: the same letters in another file, of which one counts.
    Path file = letterFiles().get(0);
    Files.copy(file, file.resolveSibling("00.jsonl"));
    mend(RejectionsITCase::mendAll);

    Outcome replayed = run("replay");
    assertThat(replayed.status()).as(replayed.err()).isEqualTo(ExitStatus.OK);
    assertLedger(replayed, BAD, BAD, 0);
    assertThat(replayed.err()).contains("Dead letters to replay: 7, from ");
    assertThat(local.found()).hasSize(rows);

    Outcome nothing = run("replay");
    assertThat(nothing.status()).as(nothing.err()).isEqualTo(ExitStatus.OK);
    assertThat(nothing.out()).contains("There are no dead letters of readings to replay.");
    assertLedger(nothing, 0, 0, 0);
  }

  @Test
  void whatFailsAgainIsReplayedNextAndOnlyThat() throws Exception {
    importAll();
    Set<String> ids = ids();
    mend(letters -> letters.replace("{\"N\":\"NaN\"}", "{\"N\":\"20.5\"}"));

    Outcome first = run("replay");
    assertThat(first.status()).as(first.err()).isEqualTo(ExitStatus.REJECTED);
    assertLedger(first, BAD, SPOILT, 2);
    assertThat(first.err())
        .contains("error: 2 items were rejected (KEY_EMPTY 1, KEY_TOO_LONG 1)", "-replay");
    assertThat(ids()).isEqualTo(ids);

    Outcome second = run("replay", set("pipeline.error-budget", 2));
    assertThat(second.status()).as(second.err()).isEqualTo(ExitStatus.OK);
    assertLedger(second, 2, 0, 2);

    mend(RejectionsITCase::mendAll);
    Outcome third = run("replay");
    assertThat(third.status()).as(third.err()).isEqualTo(ExitStatus.OK);
    assertLedger(third, 2, 2, 0);
    assertThat(local.found()).hasSize(rows);
    assertThat(run("replay").out()).contains("no dead letters");
  }

  @Test
  void aLineThatIsNoLetterIsNamedAndNothingIsReplayed() throws Exception {
    importAll();
    mend(RejectionsITCase::mendAll);
    Path file = letterFiles().get(0);
    int lines = Files.readAllLines(file).size();
    Files.writeString(file, Files.readString(file) + "{\"id\":\"");

    Outcome refused = run("replay");
    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err())
        .startsWith("error: file:" + file + ":" + (lines + 1) + " is no dead letter: ")
        .contains("Nothing counts as replayed.");
    assertThat(local.found()).hasSize(rows - BAD);
  }

  @Test
  void aFolderThatCannotBeWrittenToIsToldBeforeTheTableIsMade() throws Exception {
    Outcome refused = run("import", set("pipeline.dead-letters.directory", "/proc/nope"));
    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err()).startsWith("error: pipeline.dead-letters.directory: file:/proc/nope");
    assertThat(local.hasTable("sensor-readings")).isFalse();
  }

  @Test
  void theLettersOfATrialAreNoneOfTheImports() throws Exception {
    Outcome trial = run("import", "--local", set("pipeline.error-budget", BAD));
    assertThat(trial.status()).as(trial.err()).isEqualTo(ExitStatus.OK);
    Matcher shown =
        Pattern.compile("are in file:(\\S+/dynaload-dead-letters/trials/readings/\\S+)")
            .matcher(trial.err());
    assertThat(shown.find()).as(trial.err()).isTrue();
    try (TemporaryFolder letters = new TemporaryFolder(Path.of(shown.group(1)))) {
      assertThat(letters.path()).isNotEmptyDirectory();
    }
    assertThat(run("replay").out()).contains("no dead letters");
  }
}
