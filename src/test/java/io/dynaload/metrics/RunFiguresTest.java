package io.dynaload.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunFiguresTest {
  private static RunFigures figures(double progress, long estimated, Map<Count, Long> counts) {
    return new RunFigures(counts, progress, estimated, 500, true);
  }

  @Test
  void whatIsReadAndNotSettledIsNotDone() {
    Map<Count, Long> half = Map.of(Count.READ, 100L, Count.WRITTEN, 40L, Count.FILTERED, 10L);
    assertThat(figures(1, 0, half).done()).isEqualTo(0.5);
    assertThat(figures(1, 0, half).settled()).isEqualTo(50);
  }

  @Test
  void anEstimateCountsIfItSaysMoreButIsNeverTheEnd() {
    Map<Count, Long> counts = Map.of(Count.READ, 100L, Count.WRITTEN, 100L);
    assertThat(figures(0.25, 200, counts).done()).isEqualTo(0.5);
    assertThat(figures(0.75, 200, counts).done()).isEqualTo(0.75);
    assertThat(figures(0.25, 50, counts).done()).isEqualTo(0.99);
    assertThat(figures(1, 50, counts).done()).isEqualTo(1);
  }

  @Test
  void nothingReadIsNothingDone() {
    assertThat(figures(1, 0, Map.of()).done()).isZero();
    assertThat(RunFigures.NONE.done()).isZero();
  }

  @Test
  void aSourceWithoutAnEndHasNoPartThatIsDone() {
    assertThat(figures(Double.NaN, 0, Map.of(Count.READ, 1L)).done()).isNaN();
  }

  @Test
  void aStepAddsToThoseBeforeIt() {
    Map<Count, Long> before = Map.of(Count.READ, 30L, Count.WRITTEN, 30L, Count.THROTTLED, 7L);
    RunFigures whole =
        figures(0.5, 20, Map.of(Count.READ, 10L, Count.WRITTEN, 10L)).asStep(before, 1, 2);
    assertThat(whole.counts())
        .containsOnly(
            Map.entry(Count.READ, 40L),
            Map.entry(Count.WRITTEN, 40L),
            Map.entry(Count.THROTTLED, 7L));
    assertThat(whole.done()).isEqualTo(0.75);
    assertThat(whole.writeLimit()).isEqualTo(500);
    assertThat(whole.isWhole()).isTrue();
  }

  @Test
  void theOnlyStepIsTheImport() {
    RunFigures only = figures(0.5, 20, Map.of(Count.READ, 10L, Count.WRITTEN, 10L));
    assertThat(only.asStep(Map.of(), 0, 1)).isEqualTo(only);
  }
}
