package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.EmbeddedDynamoDb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files as a user meets them: the example, and lines that cannot be read. */
@Timeout(180)
class FileCommandITCase {
  @TempDir private Path folder;

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

  @Test
  void theExampleOfCsvRunsOnThisMachineAlone() {
    Outcome outcome =
        run("import", Home.folder().resolve("examples/csv.yaml").toString(), "--local");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out())
        .contains(" finished in ", "The first items of articles:", "name=Recipes⏎for two");
  }

  @Test
  void aValueCommandsNoTerminal() {
    assertThat(FirstItems.printable("a\r\nb\tc\u001b[2J\u0085é")).isEqualTo("a⏎b?c?[2J⏎é");
  }

  @Test
  void aLineThatCannotBeReadIsWrittenOnceAnItemStandsInItsPlace() throws Exception {
    Files.writeString(folder.resolve("x.json"), "{\"id\":\"1\"}\n{\"id\":\n");
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(0)) {
      Path file =
          Files.writeString(
              folder.resolve("import.yaml"),
              """
              source: {type: file, path: x.json, format: json}
              sink: {table: articles, endpoint: '%s', create-table: {partition-key: 'id:S'}}
              pipeline:
                name: articles
                error-budget: 1
                checkpoint: {directory: %s}
                dead-letters: {directory: %s}
              """
                  .formatted(
                      dynamoDb.endpoint(),
                      folder.resolve("checkpoints"),
                      folder.resolve("letters")));
      Outcome trial = run("import", file.toString(), "--local");
      assertThat(trial.err())
          .contains("1 item was rejected (MALFORMED 1)")
          .doesNotContain("replay");
      Outcome imported = run("import", file.toString());
      assertThat(imported.status()).as(imported.err()).isEqualTo(ExitStatus.OK);
      assertThat(imported.err()).contains("then: ./run.sh replay FILE");

      Outcome rejected = run("replay", file.toString(), "--set", "pipeline.error-budget=0");
      assertThat(rejected.status()).isEqualTo(ExitStatus.REJECTED);
      assertThat(rejected.err())
          .contains(
              "warning: 1 of them hold what the source could not read (raw), which is rejected again:"
                  + " put an item in its place");

      mend();
      Outcome replayed = run("replay", file.toString());
      assertThat(replayed.status()).as(replayed.err()).isEqualTo(ExitStatus.OK);
      assertThat(replayed.out()).contains("read 1 = written 1");
      assertThat(replayed.err()).doesNotContain("raw");
    }
  }

  private void mend() throws IOException {
    try (Stream<Path> letters = Files.walk(folder.resolve("letters"))) {
      for (Path each : letters.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        String mended =
            Files.readString(each)
                .replaceFirst("\"raw\":\"[^}]*\"}", "\"item\":{\"id\":{\"S\":\"2\"}}}");
        Files.writeString(each, mended);
      }
    }
  }
}
