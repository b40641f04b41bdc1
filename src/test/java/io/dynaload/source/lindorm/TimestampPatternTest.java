package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampPatternTest {
  private static final LocalDateTime EARLY = LocalDateTime.parse("1999-12-31T23:59:59.999");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy",
        "yyyyMM",
        "yyyyDDD",
        "uuuu-MM-dd",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
        "yyyyMMddHHmmssSSS",
        "yyyyMMddHHmmssS",
        "yyyy-MM-dd HH:mm:ss.SSSSSS",
        "yyyy-MM-dd'T'HH:mmXXX",
        "'it''s' yyyy/MM"
      })
  void aBoundBelongsToTheFirstTextThatIsNotEarlier(String text) {
    TimestampPattern pattern = TimestampPattern.parse(text);
    DateTimeFormatter formatter = DateTimeFormatter.ofPattern(text);
    Random random = new Random(1);
    List<LocalDateTime> times = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      times.add(EARLY.plus(java.time.Duration.ofMillis(random.nextLong(100_000_000_000L))));
    }
    times.sort(Comparator.naturalOrder());

    for (int i = 0; i < times.size(); i++) {
      LocalDateTime bound = times.get(random.nextInt(times.size()));
      long step = pattern.ceiling(bound);
      String boundText = pattern.format(step, ZoneOffset.UTC);
      // A row's own time is one that its text can hold.
      LocalDateTime row = exact(pattern, times.get(i));
      String rowText = formatter.format(row.atZone(ZoneOffset.UTC));
      assertThat(rowText.compareTo(boundText) >= 0)
          .as("%s is not before %s", rowText, bound)
          .isEqualTo(!row.isBefore(bound));
    }
  }

  private static LocalDateTime exact(TimestampPattern pattern, LocalDateTime time) {
    return LocalDateTime.parse(
        DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(stepStart(pattern, pattern.ceiling(time))));
  }

  private static LocalDateTime stepStart(TimestampPattern pattern, long step) {
    return pattern.months() > 0
        ? LocalDateTime.of(0, 1, 1, 0, 0).plusMonths(step * pattern.months())
        : LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
            .plus(java.time.Duration.ofMillis(step * pattern.millis()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dd/MM/yyyy | does not sort as time does (no year stands before dd)",
        "yyyy-dd-MM | does not sort as time does (no month stands before dd)",
        "yyyy HH | does not sort as time does (no month stands before HH)",
        "yyyyMMdd yyyy | does not sort as time does (yyyy stands too late)",
        "yyyy-M-d | does not sort as time does (M is not written with all of its digits)",
        "yyMMdd | does not sort as time does (yy is not written with all of its digits)",
        "yyyy-MMM-dd | does not sort as time does (MMM is not written with all of its digits)",
        "yyyyMMdd hh | does not sort as time does (hh; HH is the hour)",
        "YYYY-'W'ww | does not sort as time does (YYYY is no part that does)",
        "yyyy[-MM] | has a [, so its texts have no fixed form",
        "yyyyMMddXHH | goes on behind the offset",
        "'x' | has no year",
        "yyyy'MM | has a ', so its texts have no fixed form"
      },
      quoteCharacter = '"')
  void aPatternWhoseTextsDoNotSortAsTimeDoesIsRefused(String text, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimestampPattern.parse(text))
        .withMessage(
            problem
                + "; the range is compared as text at the server, so the parts must go from the"
                + " year down, each with all of its digits, such as yyyy-MM-dd HH:mm:ss or"
                + " yyyyMMddHHmmssSSS");
  }

  @Test
  void aTimeThatDaylightSavingSkipsIsABoundLikeAnyOther() {
    TimestampPattern pattern = TimestampPattern.parse("yyyy-MM-dd HH:mm");
    LocalDateTime skipped = LocalDateTime.parse("2023-03-12T02:30");

    assertThat(pattern.format(pattern.ceiling(skipped), ZoneId.of("America/New_York")))
        .isEqualTo("2023-03-12 02:30");
  }
}
