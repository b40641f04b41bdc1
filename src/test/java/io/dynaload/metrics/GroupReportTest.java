package io.dynaload.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupReportTest {
  private static GroupReport.Part part(RunState state, long read, long written) {
    Map<Count, Long> counts = Map.of(Count.READ, read, Count.WRITTEN, written);
    Ledger ledger =
        state == RunState.FINISHED ? Ledger.ofWholeRun(counts) : Ledger.ofInterruptedRun(counts);
    return new GroupReport.Part(
        new RunReport("shop/x", state, ledger, Instant.EPOCH, Duration.ZERO), 0, "");
  }

  private static GroupReport report(GroupReport.Part... parts) {
    return new GroupReport("shop", Arrays.asList(parts), Instant.EPOCH, Duration.ofSeconds(2));
  }

  @Test
  void theTotalIsTheSum() {
    GroupReport report = report(part(RunState.FINISHED, 5, 5), part(RunState.FINISHED, 7, 7));
    assertThat(report.summary())
        .startsWith("shop finished in 2.0 s: read 12 = written 12; ")
        .endsWith("; balanced; 2 of 2 imports done");
  }

  @Test
  void theStateIsThatOfTheLeast() {
    GroupReport.Part whole = part(RunState.FINISHED, 5, 5);
    GroupReport.Part failed = part(RunState.FAILED, 5, 3);
    GroupReport.Part interrupted = part(RunState.INTERRUPTED, 5, 4);
    assertThat(report(whole, failed).total().state()).isEqualTo(RunState.FAILED);
    assertThat(report(whole, failed, interrupted).total().state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(report(whole, interrupted).summary())
        .startsWith("shop interrupted in 2.0 s: read 10 = written 9 + pending 1; ")
        .endsWith("; balanced; 1 of 2 imports done");
  }

  @Test
  void whatOneLostAnotherDoesNotMakeGood() {
    GroupReport report = report(part(RunState.FINISHED, 5, 4), part(RunState.FINISHED, 5, 6));
    assertThat(report.total().isComplete()).isFalse();
    assertThat(report.summary()).endsWith("; NOT BALANCED; 0 of 2 imports done");
    assertThat(report.toJson().path("balanced").asBoolean()).isFalse();
  }
}
