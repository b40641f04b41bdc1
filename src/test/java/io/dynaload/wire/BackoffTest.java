package io.dynaload.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final double MILLI = 1e6;

  @ParameterizedTest
  @CsvSource({"1, 50", "2, 100", "4, 400", "7, 3200", "8, 5000", "100, 5000", "1000000, 5000"})
  void waitsAreSpreadEvenlyBelowABoundThatDoubles(int failures, double boundMillis) {
    Backoff backoff = new Backoff(new SplittableRandom(1));

    double[] waits =
        IntStream.range(0, 10_000).mapToDouble(i -> backoff.nanos(failures) / MILLI).toArray();

    assertThat(Arrays.stream(waits)).allMatch(wait -> wait > 0 && wait <= boundMillis);
    assertThat(Arrays.stream(waits).average().orElseThrow())
        .isBetween(boundMillis * 0.48, boundMillis * 0.52);
  }
}
