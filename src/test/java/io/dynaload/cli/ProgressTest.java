package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.metrics.Count;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final Progress progress = new Progress();

  private String at(long seconds, double done, long items) {
    return progress.line(
        seconds * SECOND,
        done,
        0,
        Map.of(Count.READ, items, Count.WRITTEN, items, Count.WRITE_UNITS, 2 * items));
  }

  @Test
  void showsRowsRatesAndTheTimeLeft() {
    at(0, 0, 1);
    at(5, 0.25, 5_001);
    assertThat(at(10, 0.5, 10_001))
        .isEqualTo("[########--------] 50%  10,001 rows  1,000 items/s  2,000 WCU/s  0:00:10 left");
  }

  @Test
  void theRateIsThatOfTheLastTenSeconds() {
    at(0, 0, 1);
    at(10, 0.1, 1);
    at(15, 0.2, 1);
    assertThat(at(20, 0.3, 10_001)).contains("  1,000 items/s");
  }

  @Test
  void doesNotGuessTheTimeLeftBeforeAnythingIsDone() {
    assertThat(at(0, 0, 0)).endsWith("-:--:-- left");
  }

  @Test
  void whatIsReadAndNotWrittenIsNotDone() {
    at(0, 0.0, 0);
    progress.line(SECOND, 0.1, 0, Map.of(Count.READ, 100L, Count.WRITTEN, 10L));
    assertThat(progress.line(11 * SECOND, 1, 0, Map.of(Count.READ, 1_000L, Count.WRITTEN, 500L)))
        .startsWith("[########--------] 50%  500 rows")
        .endsWith("0:00:10 left");
  }

  @Test
  void countsWhereTheNumberOfItemsIsKnownAbout() {
    progress.line(0, 0, 20_000, Map.of(Count.READ, 1L, Count.WRITTEN, 1L));
    Map<Count, Long> half = Map.of(Count.READ, 10_001L, Count.WRITTEN, 10_001L);
    assertThat(progress.line(10 * SECOND, 0.25, 20_000, half))
        .isEqualTo(
            "[########--------] 50%  10,001 of about 20,000 rows  1,000 items/s  0 WCU/s"
                + "  0:00:09 left");
  }

  @Test
  void anEstimateThatWasTooLowIsNotTheEnd() {
    Map<Count, Long> more = Map.of(Count.READ, 30_000L, Count.WRITTEN, 30_000L);
    assertThat(progress.line(0, 0.5, 20_000, more)).startsWith("[###############-] 99%");
    assertThat(progress.line(SECOND, 1, 20_000, more)).startsWith("[################] 100%");
  }

  @Test
  void aSourceWithoutAnEndIsWatchedAndHasNoPartThatIsDone() {
    at(0, Double.NaN, 1);
    assertThat(at(10, Double.NaN, 10_001))
        .isEqualTo("watching  10,001 rows  1,000 items/s  2,000 WCU/s");
  }

  @Test
  void fitsIntoALineOfEightyColumns() {
    at(0, 0, 1);
    progress.line(
        10 * SECOND,
        0.5,
        0,
        Map.of(Count.READ, 500_000_000L, Count.WRITTEN, 500_000_000L, Count.WRITE_UNITS, 7L));
    String line =
        new Terminal(System.out, System.err, 80)
            .fitting(
                progress.line(
                    20 * SECOND,
                    0.999,
                    0,
                    Map.of(Count.READ, 1_250_000_000L, Count.WRITTEN, 1_250_000_000L)));
    assertThat(line).hasSizeLessThan(80).contains("1,250,000,000 rows");
  }

  @Test
  void aRestartThatSetsTheCountsBackShowsNoNegativeRate() {
    at(0, 0.5, 10_000);
    assertThat(at(1, 0.4, 5_000)).contains("  0 items/s  0 WCU/s");
  }
}
