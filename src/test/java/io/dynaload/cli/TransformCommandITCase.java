package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transforms as a user meets them: the example, a sample, and a mistake in an expression. */
@Timeout(180)
class TransformCommandITCase {
  private static final String EXAMPLE =
      Home.folder().resolve("examples/anniversary-promo.yaml").toString();

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
  void theExampleRunsOnThisMachineAlone() {
    Outcome outcome =
        run("import", EXAMPLE, "--local", "--set", "pipeline.dead-letters.directory=" + folder);
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out())
        .contains("read 121 = written 82 + filtered 38 + rejected 1;", "ExpirationTimestamp=");
    assertThat(outcome.err()).contains("1 item was rejected (BAD_TEXT 1)");
  }

  @Test
  void aSampleShowsItemsBeforeAndAfterAndWhatIsLeftOut() {
    Outcome outcome = run("check", EXAMPLE, "--sample", "15");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out())
        .contains("item 1, ", "item 15, ", ": is left out")
        .doesNotContain("item 16, ")
        .containsPattern("DateTime +\\{\"S\":\"2012-[-0-9 :]+\"} +\\{\"N\":\"13[0-9]{8}\"}\n")
        .containsPattern("ExpirationTimestamp +- +\\{\"N\":\"13[0-9]{8}\"}\n")
        .containsPattern("Country +\\{\"S\":\"[A-Z]{2}\"} +-\n");
  }

  @Test
  void aSampleSaysWhatWouldBeRejectedAndWhy() throws Exception {
    Path file = folder.resolve("import.yaml");
    Files.writeString(folder.resolve("x.csv"), "id,n\na,x\nb,2\n");
    Files.writeString(
        file,
        """
        source: {type: file, path: x.csv, format: csv, types: {n: S}}
        transform:
          - cast: {n: N}
          - split: "[1, 2, 3, 4].map(i, {'id': item.id + string(i)})"
        sink: {table: things, create-table: {partition-key: 'id:S'}}
        pipeline: {name: sample}
        """);
    Outcome outcome = run("check", file.toString(), "--sample", "5");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out())
        .contains(
            ": would be rejected: NUMBER, step 1 (cast): attribute n: the text is not a number")
        .contains(": becomes 4, of which these are the first")
        .contains("{\"S\":\"b3\"}");
  }

  @Test
  void aMistakeInAnExpressionIsToldWithItsPlaceBeforeAnythingRuns() throws Exception {
    Path file = folder.resolve("import.yaml");
    Files.writeString(
        file, Files.readString(Path.of(EXAMPLE)).replace("size(item.OrderID)", "sise(item.x)"));
    Outcome outcome = run("import", file.toString(), "--local");
    assertThat(outcome.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(outcome.err())
        .contains("import.yaml:9 transform.0.where: \"sise(item.x) > 0\", line 1, column 5:");
  }
}
