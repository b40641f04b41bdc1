package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
        "0000-01-01T00:00:00.000Z",
        "-0001-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00.000Z",
        "2024-02-29T09:08:07.060Z",
        "2023-01-15T10:20:30.123456000Z"
      })
  void aTimestampHasMillisecondsAtLeast(String text) {
    assertThat(IsoText.of(Instant.parse(text))).isEqualTo(text);
  }

  @Test
  void everyTimestampIsWrittenAsTheFormatterWritesIt() {
    DateTimeFormatter formatter = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    long from = Instant.parse("-0002-01-01T00:00:00Z").toEpochMilli();
    long to = Instant.parse("+10002-01-01T00:00:00Z").toEpochMilli();
    assertThat(new Random(7).longs(20_000, from, to).mapToObj(Instant::ofEpochMilli))
        .allSatisfy(time -> assertThat(IsoText.of(time)).isEqualTo(formatter.format(time)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10:20:30", "00:00:00", "23:59:59.123"})
  void aTimeHasSecondsAtLeast(String text) {
    assertThat(IsoText.of(LocalTime.parse(text))).isEqualTo(text);
  }
}
