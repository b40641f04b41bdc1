package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-01-15T10:20:30.123Z",
        "2023-01-15T10:20:30.000Z",
        "2023-01-15T00:00:00.000Z",
        "1969-12-31T23:59:59.999Z",
        "0001-01-01T00:00:00.000Z",
        "2023-01-15T10:20:30.123456000Z"
      })
  void aTimestampHasMillisecondsAtLeast(String text) {
    assertThat(IsoText.of(Instant.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10:20:30", "00:00:00", "23:59:59.123"})
  void aTimeHasSecondsAtLeast(String text) {
    assertThat(IsoText.of(LocalTime.parse(text))).isEqualTo(text);
  }
}
