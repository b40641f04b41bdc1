package io.dynaload.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SensorReadingsTest {
  private static final SensorReadings READINGS = new SensorReadings(100_000, 1);

  @Test
  void theSameSeedGivesTheSameRows() {
    assertThat(READINGS.all())
        .containsExactlyElementsOf(new SensorReadings(100_000, 1).all().toList());
    assertThat(READINGS.all().limit(100).toList())
        .isNotEqualTo(new SensorReadings(100_000, 2).all().limit(100).toList());
  }

  @Test
  void keysAreUniqueAndInOrder() {
    assertThat(READINGS.all().toList())
        .isSortedAccordingTo(
            Comparator.comparing(Reading::eventTime).thenComparing(Reading::sensorId));
    assertThat(READINGS.all().map(row -> row.eventTime() + row.sensorId()).distinct())
        .hasSize(100_000);
  }

  @Test
  void fourSensorsReportAtEachMoment() {
    assertThat(
            READINGS.all().limit(4_000).collect(Collectors.groupingBy(Reading::eventTime)).values())
        .hasSize(1_000)
        .allSatisfy(rows -> assertThat(rows).hasSize(4));
  }

  @Test
  void rowsAreSpreadEvenlyOverTheTwoMonths() {
    Duration day = Duration.ofDays(1);
    for (Instant from = SensorReadings.FROM;
        from.isBefore(SensorReadings.TO);
        from = from.plus(day)) {
      assertThat(READINGS.count(from, from.plus(day))).isBetween(1_680L, 1_710L);
    }
    assertThat(READINGS.count(SensorReadings.FROM, SensorReadings.TO)).isEqualTo(100_000);
    assertThat(READINGS.all().filter(row -> row.eventTime().toEpochMilli() % 1_000 != 0))
        .hasSizeGreaterThan(90_000);
  }

  @Test
  void aRangeIsHalfOpen() {
    List<Reading> rows = READINGS.all().toList();
    Instant from = rows.get(400).eventTime();
    Instant to = rows.get(800).eventTime();
    assertThat(READINGS.between(from, to)).containsExactlyElementsOf(rows.subList(400, 800));
    assertThat(READINGS.count(from, to)).isEqualTo(400);
  }

  @Test
  void anItemHasAboutEightyBytes() {
    assertThat(READINGS.all().mapToInt(SensorReadingsTest::itemSize))
        .allSatisfy(size -> assertThat(size).isBetween(70, 95));
    assertThat(READINGS.all().mapToInt(SensorReadingsTest::itemSize).average().orElseThrow())
        .isBetween(80.0, 86.0);
  }

  @Test
  void someValuesAreNull() {
    assertThat(READINGS.all().filter(row -> row.humidity() == null).count())
        .isBetween(10_000L, 15_000L);
    assertThat(READINGS.all().filter(row -> row.note() == null).count())
        .isBetween(80_000L, 95_000L);
  }

  /**
   * By DynamoDB's rules ("DynamoDB item sizes and formats" in its developer guide): the UTF-8 bytes
   * of names and texts; a number has a byte for two significant digits and one more, and one for a
   * minus sign; a boolean has one; an attribute that is missing has none.
   */
  private static int itemSize(Reading row) {
    BigDecimal humidity = row.humidity();
    String note = row.note();
    return "event_time".length()
        + "2023-01-01T00:00:00.000Z".length()
        + "sensor_id".length()
        + row.sensorId().length()
        + "temperature".length()
        + number(BigDecimal.valueOf(row.temperature()))
        + (humidity == null ? 0 : "humidity".length() + number(humidity))
        + "battery".length()
        + number(BigDecimal.valueOf(row.battery()))
        + "ok".length()
        + 1
        + (note == null ? 0 : "note".length() + note.getBytes(UTF_8).length);
  }

  private static int number(BigDecimal value) {
    int digits = value.stripTrailingZeros().precision();
    return (digits + 1) / 2 + 1 + (value.signum() < 0 ? 1 : 0);
  }
}
