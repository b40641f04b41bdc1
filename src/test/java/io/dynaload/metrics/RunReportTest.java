package io.dynaload.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  private static final Instant START = Instant.parse("2023-01-01T00:00:00Z");
  private static final Duration TOOK = Duration.ofMillis(12_340);

  private static RunReport report(RunState state, Ledger ledger) {
    return new RunReport("readings", state, ledger, START, TOOK);
  }

  @Test
  void sumsUpAWholeRunInOneLine() {
    Ledger ledger =
        Ledger.ofWholeRun(
            Map.of(
                Count.READ, 52_000L,
                Count.WRITTEN, 51_000L,
                Count.SUPERSEDED, 1_000L,
                Count.RETRIED, 25L,
                Count.WRITE_UNITS, 51_000L,
                Count.BYTES, 4_080_000L));
    assertThat(report(RunState.FINISHED, ledger).summary())
        .isEqualTo(
            "readings finished in 12.3 s: read 52,000 = written 51,000 + superseded 1,000; retried"
                + " 25, throttled 0, writeUnits 51,000, bytes 4,080,000; balanced");
  }

  @Test
  void aWholeRunThatLostAnItemDoesNotBalance() {
    Ledger ledger = Ledger.ofWholeRun(Map.of(Count.READ, 3L, Count.WRITTEN, 2L));
    assertThat(ledger.balanced()).isFalse();
    assertThat(report(RunState.FINISHED, ledger).isComplete()).isFalse();
    assertThat(report(RunState.FINISHED, ledger).summary()).endsWith("NOT BALANCED");
  }

  @Test
  void anInterruptedRunMayHaveItemsPending() {
    Ledger ledger = Ledger.ofInterruptedRun(Map.of(Count.READ, 3L, Count.WRITTEN, 2L));
    assertThat(ledger.pending()).isEqualTo(1);
    assertThat(ledger.balanced()).isTrue();
    assertThat(report(RunState.INTERRUPTED, ledger).isComplete()).isFalse();
  }

  @Test
  void noRunMayWriteMoreThanItRead() {
    assertThat(Ledger.ofInterruptedRun(Map.of(Count.READ, 2L, Count.WRITTEN, 3L)).balanced())
        .isFalse();
  }

  @Test
  void everyOutcomeStandsInTheEquation() {
    Ledger ledger =
        Ledger.ofWholeRun(
            Map.of(
                Count.READ, 5L,
                Count.FANNED_OUT, 16L,
                Count.WRITTEN, 1L,
                Count.DELETED, 2L,
                Count.FILTERED, 3L,
                Count.SUPERSEDED, 4L,
                Count.SKIPPED, 5L,
                Count.REJECTED, 6L));
    assertThat(ledger.balanced()).isTrue();
  }

  @Test
  void theFileSaysWhatTheLineSays(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("below/report.json");
    Ledger ledger =
        Ledger.ofInterruptedRun(Map.of(Count.READ, 9L, Count.WRITTEN, 7L, Count.BYTES, 560L));
    report(RunState.INTERRUPTED, ledger).write(file);

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "name",
            "state",
            "read",
            "fannedOut",
            "written",
            "deleted",
            "filtered",
            "superseded",
            "skipped",
            "rejected",
            "pending",
            "retried",
            "throttled",
            "writeUnits",
            "bytes",
            "startedAt",
            "seconds",
            "balanced");
    assertThat(json.get("state").asText()).isEqualTo("INTERRUPTED");
    assertThat(json.get("pending").asLong()).isEqualTo(2);
    assertThat(json.get("seconds").asDouble()).isEqualTo(12.34);
    assertThat(json.get("balanced").asBoolean()).isTrue();
    assertThat(json.get("startedAt").asText()).isEqualTo("2023-01-01T00:00:00Z");
  }
}
