package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

  @ParameterizedTest
  @CsvSource({
    "2023-01-01, 2023-01-01T00:00:00Z",
    "2023-01-01 00:00:00, 2023-01-01T00:00:00Z",
    "2023-01-31 12:30, 2023-01-31T12:30:00Z",
    "2023-01-31T12:30:15, 2023-01-31T12:30:15Z",
    "2023-01-31t12:30:15.5z, 2023-01-31T12:30:15.500Z",
    "2023-01-31 12:30:15.123456789, 2023-01-31T12:30:15.123456789Z",
    "2023-01-31T12:30:15Z, 2023-01-31T12:30:15Z",
    "2023-01-31T12:30:15+08:00, 2023-01-31T04:30:15Z",
    "2023-01-31 12:30:15 +08:00, 2023-01-31T04:30:15Z",
    "2023-01-31T12:30:15-00:30, 2023-01-31T13:00:15Z",
    "2023-01-31T12:30:15[Asia/Shanghai], 2023-01-31T04:30:15Z",
    "2023-07-31 12:30:15+02:00[Europe/Berlin], 2023-07-31T10:30:15Z",
    "2023-11-05T01:30:00-04:00[America/New_York], 2023-11-05T05:30:00Z",
    "2023-11-05T01:30:00-05:00[America/New_York], 2023-11-05T06:30:00Z",
    "2023-11-05T01:30:00[America/New_York], 2023-11-05T05:30:00Z",
    "2023-03-12T02:30:00[America/New_York], 2023-03-12T07:30:00Z",
    "2023-01-31T12:30:15 +08:00, 2023-01-31T04:30:15Z",
    "2024-02-29, 2024-02-29T00:00:00Z"
  })
  void acceptedTextsAreReadInUtcUnlessTheySayOtherwise(String text, String instant) {
    assertThat(Moment.parse(text).in(ZoneOffset.UTC))
        .hasToString(java.time.Instant.parse(instant).toString());
  }

  @Test
  void aTextWithoutAZoneTakesTheGivenOne() {
    assertThat(Moment.parse("2023-01-01").in(ZoneOffset.ofHours(8)))
        .isEqualTo("2022-12-31T16:00:00Z");
    assertThat(Moment.parse("2023-01-01T00:00:00Z").in(ZoneOffset.ofHours(8)))
        .isEqualTo("2023-01-01T00:00:00Z");
  }

  @Test
  void anOffsetBesideAZoneStandsInTheText() {
    Moment second = Moment.parse("2023-11-05T01:30:00-05:00[America/New_York]");
    assertThat(Moment.parse(second.toString())).isEqualTo(second);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-01-01T00:00:00+09:00[Asia/Shanghai]",
        "2023-03-12T02:30:00-05:00[America/New_York]"
      })
  void anOffsetThatTheZoneDoesNotHaveThenIsRefused(String text) {
    assertThatThrownBy(() -> Moment.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("has an offset that its zone does not have at that time; leave one out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2023-02-30",
        "2023-02-29 00:00:00",
        "01/02/2023",
        "2023-01-01 25:00:00",
        "1672531200000",
        "2023-01-01T00:00:00+99:00",
        "2023-01-01T00:00:00[Mars/Base]"
      })
  void otherTextsAreAnsweredWithWhatIsAccepted(String text) {
    assertThatThrownBy(() -> Moment.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "is not a date or a date and time; accepted are 2023-01-31, 2023-01-31 12:30:00,"
                + " 2023-01-31T12:30:00.123, and the last two with an offset or a zone, such as Z,"
                + " +08:00 or [Asia/Shanghai]; without one, it is in time-zone");
  }
}
