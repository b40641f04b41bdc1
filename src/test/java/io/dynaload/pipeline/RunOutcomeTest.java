package io.dynaload.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunFigures;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.RunOutcome.Notes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunOutcomeTest {
  private static final Map<Count, Long> COUNTS = Map.of(Count.READ, 10L, Count.WRITTEN, 8L);
  private static final SortedMap<String, Long> CODES = new TreeMap<>(Map.of("KEY_EMPTY", 2L));

  @ParameterizedTest
  @EnumSource(RunState.class)
  void whatStandsInTheFolderIsWhatWasWritten(RunState state) throws Exception {
    Ledger ledger =
        state == RunState.FINISHED ? Ledger.ofWholeRun(COUNTS) : Ledger.ofInterruptedRun(COUNTS);
    ImportException failure = new ImportException(ErrorCode.TARGET, "It's \"gone\"\n", "Wait.");
    RunReport report = new RunReport("a/b", state, ledger, Instant.EPOCH, Duration.ofMillis(1234));
    RunOutcome outcome =
        new RunOutcome(
            new ImportRun.Result(report, CODES, Optional.of(failure)),
            failure,
            true,
            "s3://bucket/a/run-002",
            new Notes(List.of("slow"), "s3://bucket/letters", "step 1 of 2"));

    RunOutcome read = RunOutcome.ofJson(outcome.toJson());

    ImportRun.Result result = requireNonNull(read.result());
    assertThat(result.report().toJson()).isEqualTo(report.toJson());
    assertThat(result.rejected()).isEqualTo(CODES);
    ImportException readFailure = requireNonNull(read.failure());
    assertThat(result.failure()).containsSame(readFailure);
    assertThat(readFailure.code()).isEqualTo(ErrorCode.TARGET);
    assertThat(readFailure.problem()).isEqualTo("It's \"gone\"\n");
    assertThat(readFailure.remedy()).isEqualTo("Wait.");
    assertThat(read.isStopped()).isTrue();
    assertThat(read.next()).isEqualTo("s3://bucket/a/run-002");
    assertThat(read.notes()).isEqualTo(outcome.notes());
  }

  @Test
  void aRunWithoutAJobHasNoLedger() throws Exception {
    ImportException failure = new ImportException(ErrorCode.SOURCE, "gone", "Wait.");

    RunOutcome read = RunOutcome.ofJson(RunOutcome.failed(failure).toJson());

    assertThat(read.result()).isNull();
    assertThat(requireNonNull(read.failure()).problem()).isEqualTo("gone");
    assertThat(read.isStopped()).isFalse();
    assertThat(read.next()).isNull();
  }

  @Test
  void halfAFileAndANewerOneAreNotRead() {
    assertThatThrownBy(() -> RunOutcome.ofJson("{\"version\":1,"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> RunOutcome.ofJson("{\"version\":2}"))
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> RunOrder.ofJson("{\"version\":2}")).hasMessageContaining("version 2");
    assertThatThrownBy(() -> FiguresJson.read("{\"counts\"")).isInstanceOf(IOException.class);
  }

  @Test
  void anOrderIsReadAsItWasWritten() throws Exception {
    RunOrder whole =
        new RunOrder(
            "s3://b/it's; a \"file\".yaml",
            List.of("sink.table=a b", "source.where=x > 'y'\n"),
            "orders",
            "s3://b/run/chk-7",
            Instant.EPOCH);
    RunOrder least = new RunOrder("s3://b/f.yaml", List.of(), null, null, Instant.EPOCH);

    assertThat(RunOrder.ofJson(whole.toJson())).isEqualTo(whole);
    assertThat(RunOrder.ofJson(least.toJson())).isEqualTo(least);
  }

  @Test
  void figuresAreReadAsTheyWereWritten() throws Exception {
    RunFigures endless = new RunFigures(COUNTS, Double.NaN, 0, Double.NaN, false);
    RunFigures whole = new RunFigures(COUNTS, 0.5, 20, 7000, true);

    assertThat(FiguresJson.read(FiguresJson.write(whole)))
        .usingRecursiveComparison()
        .ignoringFields("counts")
        .isEqualTo(whole);
    assertThat(FiguresJson.read(FiguresJson.write(whole)).counts()).containsAllEntriesOf(COUNTS);
    assertThat(FiguresJson.read(FiguresJson.write(endless)).progress()).isNaN();
  }
}
