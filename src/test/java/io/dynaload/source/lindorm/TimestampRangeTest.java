package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimestampRangeTest {
  private static TimestampRange range(String from, String to, TimestampEncoding encoding) {
    return new TimestampRange(Instant.parse(from), Instant.parse(to), encoding);
  }

  private static TimestampEncoding text(String pattern, String zone) {
    return new TimestampEncoding(
        TimestampEncoding.Kind.TEXT, TimestampPattern.parse(pattern), ZoneId.of(zone));
  }

  private static TimestampEncoding numbers(TimestampEncoding.Kind kind) {
    return new TimestampEncoding(kind, null, ZoneOffset.UTC);
  }

  @Test
  void secondsAreRoundedUpAtBothEnds() {
    TimestampRange range =
        range(
            "1969-12-31T23:59:58.001Z",
            "1970-01-01T00:00:01.999Z",
            numbers(TimestampEncoding.Kind.EPOCH_S));

    assertThat(range.lower()).isEqualTo(new KeyValue.Integral(-1));
    assertThat(range.upper()).isEqualTo(new KeyValue.Integral(2));
  }

  @Test
  void millisecondsAreExact() {
    TimestampRange range =
        range(
            "1969-12-31T23:59:59.999Z",
            "2023-01-01T00:00:00.001Z",
            numbers(TimestampEncoding.Kind.EPOCH_MS));

    assertThat(range.lower()).isEqualTo(new KeyValue.Integral(-1));
    assertThat(range.upper()).isEqualTo(new KeyValue.Integral(1_672_531_200_001L));
  }

  @Test
  void textsAreInTheZoneAndRoundedUpToWhatTheyCanHold() {
    TimestampRange range =
        range("2023-01-01T15:59:59Z", "2023-01-31T16:00:01Z", text("yyyy-MM-dd", "Asia/Shanghai"));

    assertThat(range.lower()).isEqualTo(new KeyValue.Text("2023-01-02"));
    assertThat(range.upper()).isEqualTo(new KeyValue.Text("2023-02-02"));
  }

  @Test
  void partsTouchAndHaveAValueAtLeast() {
    TimestampRange days =
        range("2023-01-01T00:00:00Z", "2023-01-04T00:00:00Z", text("yyyyMMdd", "UTC"));

    assertThat(days.cuts(2)).isEqualTo(texts("20230101", "20230102", "20230104"));
    assertThat(days.cuts(64)).isEqualTo(texts("20230101", "20230102", "20230103", "20230104"));
    assertThat(Slices.ofTime(days, ColumnType.TEXT, 2))
        .containsExactly(
            new KeyRange(new KeyValue.Text("20230101"), new KeyValue.Text("20230102"), false),
            new KeyRange(new KeyValue.Text("20230102"), new KeyValue.Text("20230104"), false));
  }

  @Test
  void cutsAscendThroughAnHourThatIsSkipped() {
    TimestampRange range =
        range(
            "2023-03-12T05:00:00Z",
            "2023-03-12T09:00:00Z",
            text("yyyy-MM-dd HH:mm:ss", "America/New_York"));

    List<String> cuts =
        range.cuts(37).stream().map(value -> ((KeyValue.Text) value).value()).toList();
    assertThat(cuts)
        .startsWith("2023-03-12 00:00:00")
        .endsWith("2023-03-12 05:00:00")
        .hasSize(38)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static List<KeyValue> texts(String... texts) {
    return List.of(texts).stream().<KeyValue>map(KeyValue.Text::new).toList();
  }
}
