package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.item.Value;
import io.dynaload.local.EmbeddedDynamoDb;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exports as a user meets them: the examples, steps, their ledger and their error budget. */
@Timeout(180)
class ExportCommandITCase {
  private static final Instant TIME = Instant.parse("2023-09-18T17:00:00Z");
  private static final int ITEMS = 1_200;
  private static final int BAD = 3;

  @TempDir private Path folder;

  private record Outcome(ExitStatus status, String out, String err, JsonNode report) {
    long count(String name) {
      return report.path(name).asLong();
    }
  }

  private Outcome run(Path file, String... options) throws IOException {
    Path report = folder.resolve("report.json");
    Files.deleteIfExists(report);
    List<String> arguments =
        new ArrayList<>(List.of("import", file.toString(), "--report", report.toString()));
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
    return new Outcome(
        status,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8),
        new ObjectMapper().readTree(Files.exists(report) ? Files.readString(report) : "{}"));
  }

  private static Path example(String name) {
    return Home.folder().resolve("examples").resolve(name);
  }

  @Test
  void theExampleOfAChainRunsOnThisMachineAlone() throws Exception {
    Outcome outcome = run(example("export.yaml"), "--local");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out())
        .contains("readings-export finished in ", "The first items of readings:", "sensor_id=s-");
    assertThat(outcome.err()).contains("step 1 of 2 is done");
    assertThat(outcome.count("read")).isEqualTo(280);
    assertThat(outcome.count("written")).isEqualTo(270);
    assertThat(outcome.count("deleted")).isEqualTo(10);
  }

  @Test
  void theExampleOfALegacyExportRunsOnThisMachineAlone() throws Exception {
    Outcome outcome = run(example("legacy-export.yaml"), "--local");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.count("written")).isEqualTo(80);
    assertThat(outcome.err()).doesNotContain("step ");
  }

  private static List<Map<String, Value>> items() {
    List<Map<String, Value>> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      items.add(Map.of(i < BAD ? "no key" : "id", new Value.S("i" + i)));
    }
    return items;
  }

  /** Of each export, three items have no key. */
  private Path chain(EmbeddedDynamoDb dynamoDb) throws Exception {
    ExportWriter writer = new ExportWriter(folder, "", true);
    List<Map<String, Value>> items = items();
    writer.full("01", "t", TIME, "DYNAMODB_JSON", items);
    writer.incremental(
        "02",
        "t",
        TIME,
        TIME.plusSeconds(900),
        "DYNAMODB_JSON",
        items.stream().map(item -> new ExportWriter.Change(item, null, item, 1)).toList());
    return Files.writeString(
        folder.resolve("chain.yaml"),
        """
        source: {type: export, paths: [AWSDynamoDB/01, AWSDynamoDB/02]}
        sink:
          table: chain
          endpoint: %s
          write-capacity: 100000
          create-table: {partition-key: 'id:S'}
        pipeline:
          name: chain
          checkpoint: {directory: %s}
          dead-letters: {directory: %s}
        """
            .formatted(
                dynamoDb.endpoint(), folder.resolve("checkpoints"), folder.resolve("letters")));
  }

  @Test
  void theErrorBudgetIsOfAllStepsTogether() throws Exception {
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(0)) {
      Path file = chain(dynamoDb);
      Outcome stopped = run(file, "--set", "pipeline.error-budget=" + (BAD - 1));
      assertThat(stopped.status()).as(stopped.err()).isEqualTo(ExitStatus.REJECTED);
      assertThat(stopped.count("read")).isEqualTo(ITEMS);
      assertThat(stopped.err())
          .contains("3 items were rejected (KEY_MISSING 3)")
          .doesNotContain("step 2 of 2");

      if (stopped.report().path("state").asText().equals("INTERRUPTED")) {
        assertThat(stopped.err()).contains("--resume latest (from file:");
        Outcome ended =
            run(file, "--resume", "latest", "--set", "pipeline.error-budget=" + (2 * BAD - 1));
        assertThat(ended.status()).as(ended.err()).isEqualTo(ExitStatus.REJECTED);
        assertThat(ended.count("rejected")).isGreaterThan(2 * BAD - 1);
      }

      Outcome borne = run(file, "--set", "pipeline.error-budget=" + 2 * BAD);
      assertThat(borne.status()).as(borne.err()).isEqualTo(ExitStatus.OK);
      assertThat(borne.count("read")).isEqualTo(2 * ITEMS);
      assertThat(borne.count("rejected")).isEqualTo(2 * BAD);
      assertThat(borne.err()).contains("Note: 6 items were rejected (KEY_MISSING 6)");
      assertThat(folder.resolve("checkpoints/chain")).isEmptyDirectory();
    }
  }
}
