package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.config.ConfigFile;
import io.dynaload.config.Key;
import io.dynaload.config.Section;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.SourceFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LindormConfigTest {
  private static final String REQUIRED =
      """
      url: jdbc:lindorm:table:url=http://127.0.0.1:30060
      table: readings
      timestamp-column: event_time
      from: 2023-01-01 00:00:00
      to: 2023-02-01 00:00:00
      """;

  private static LindormConfig config(String text) {
    Section section = ConfigFile.parse("f.yaml", text, List.of()).check(LindormConfig.KEYS);
    return LindormConfig.of(section);
  }

  private static ImportException refused(String text) {
    ImportException e = catchThrowableOfType(ImportException.class, () -> config(text));
    assertThat(e).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    return e;
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    assertThat(config(REQUIRED))
        .isEqualTo(
            new LindormConfig(
                new AccessConfig(
                    LindormUrl.parse("jdbc:lindorm:table:url=http://127.0.0.1:30060"),
                    null,
                    null,
                    "default"),
                new FilterConfig(
                    "readings",
                    "event_time",
                    new TimestampRange(
                        Instant.parse("2023-01-01T00:00:00Z"),
                        Instant.parse("2023-02-01T00:00:00Z")),
                    List.of()),
                new SplitConfig(
                    List.of(),
                    null,
                    List.of(),
                    List.of(),
                    false,
                    null,
                    new PageConfig(2_000, null, Duration.ofSeconds(60))),
                TypesConfig.DEFAULTS));
  }

  @Test
  void everyKeyIsRead() {
    LindormConfig config =
        config(
            """
            url: jdbc:lindorm:table:url=http://lindorm.example:30060;a=b
            username: root
            password: ${env:LINDORM_PASSWORD}
            database: plant
            table: readings
            timestamp-column: event_time
            from: 2023-01-01T08:00:00.0001+08:00
            to: 2023-02-01
            columns: [a, b]
            key-columns: [b, event_time DESC, c asc]
            force-index: by_b
            boundaries: [10, 20]
            allow-filtering: true
            split-count: 12
            page-size: 10000
            operation-timeout: 300s
            give-up-after: 10m
            time-zone: Asia/Shanghai
            timestamp-encoding: text
            timestamp-pattern: yyyyMMdd
            where: site = 'north'
            json: document
            json-columns: [note]
            nulls: "null"
            dates: {ts: epoch-s, day: iso-8601}
            """);

    assertThat(config.access().url().server().host()).isEqualTo("lindorm.example");
    assertThat(config.access().url().server().port()).isEqualTo(30060);
    assertThat(Objects.requireNonNull(config.access().username()).resolve()).isEqualTo("root");
    assertThat(Objects.requireNonNull(config.access().password()).isReference()).isTrue();
    assertThat(config.access().database()).isEqualTo("plant");
    assertThat(config.filter().table()).isEqualTo("readings");
    assertThat(config.filter().timestampColumn()).isEqualTo("event_time");
    assertThat(config.filter().range())
        .isEqualTo(
            new TimestampRange(
                Instant.parse("2023-01-01T00:00:00.001Z"),
                Instant.parse("2023-01-31T16:00:00Z"),
                new TimestampEncoding(
                    TimestampEncoding.Kind.TEXT,
                    TimestampPattern.parse("yyyyMMdd"),
                    ZoneId.of("Asia/Shanghai"))));
    assertThat(config.filter().range().lower()).isEqualTo(new KeyValue.Text("20230102"));
    assertThat(config.filter().range().upper()).isEqualTo(new KeyValue.Text("20230201"));
    assertThat(config.filter().where()).isEqualTo("site = 'north'");
    assertThat(config.types())
        .isEqualTo(
            new TypesConfig(
                TypesConfig.JsonForm.DOCUMENT,
                List.of("note"),
                TypesConfig.NullForm.NULL,
                Map.of("ts", DateForm.EPOCH_S, "day", DateForm.ISO_8601)));
    assertThat(config.filter().columns()).containsExactly("a", "b");
    assertThat(config.splits())
        .isEqualTo(
            new SplitConfig(
                List.of(
                    new KeyName("b", null),
                    new KeyName("event_time", true),
                    new KeyName("c", false)),
                "by_b",
                List.of("10", "20"),
                List.of(),
                true,
                12,
                new PageConfig(10_000, Duration.ofMinutes(5), Duration.ofMinutes(10))));
    assertThat(config.splits().pages().socketTimeout()).isEqualTo(Duration.ofSeconds(330));
    assertThat(config(REQUIRED + "key-values: [a, 1]\n").splits().keyValues())
        .containsExactly("a", "1");
  }

  @Test
  void theManualHasEveryKeyOfTheRecord() {
    assertThat(LindormConfig.KEYS.list().stream().map(Key::name))
        .containsExactly(
            "url",
            "username",
            "password",
            "database",
            "properties",
            "driver-jar",
            "table",
            "timestamp-column",
            "from",
            "to",
            "time-zone",
            "timestamp-encoding",
            "timestamp-pattern",
            "columns",
            "where",
            "query",
            "key-columns",
            "force-index",
            "boundaries",
            "key-values",
            "allow-filtering",
            "split-count",
            "page-size",
            "operation-timeout",
            "give-up-after",
            "json",
            "json-columns",
            "nulls",
            "dates");
  }

  @Test
  void aTimeWithoutAZoneIsInTheTimeZone() {
    TimestampRange range =
        config(REQUIRED.replace("to: 2023-02-01", "time-zone: +08:00\nto: 2023-02-01"))
            .filter()
            .range();

    assertThat(range.from()).isEqualTo(Instant.parse("2022-12-31T16:00:00Z"));
    assertThat(range.to()).isEqualTo(Instant.parse("2023-01-31T16:00:00Z"));
    assertThat(refused(REQUIRED + "time-zone: Mars\n").problem())
        .endsWith("is not a time zone, such as UTC, +08:00 or Asia/Shanghai");
  }

  @Test
  void whatSaysWhatIsReadIsRequiredAllAtOnce() {
    ImportException e =
        refused("url: jdbc:lindorm:table:url=http://127.0.0.1:30060\ntable: readings\n");

    assertThat(e.problem()).endsWith("from: is missing; missing besides: to");
    assertThat(e.remedy()).contains("or a whole SELECT as query");
    String texts = REQUIRED.replaceAll("timestamp-column: .*\n", "");
    assertThat(config(texts).filter().timestampColumn()).isEmpty();
    assertThat(refused(texts + "timestamp-encoding: epoch-s\n").problem())
        .endsWith("timestamp-column: is missing");
  }

  @Test
  void aPatternBelongsToText() {
    assertThat(refused(REQUIRED + "timestamp-encoding: text\n").problem())
        .contains("timestamp-pattern")
        .endsWith("is missing, but timestamp-encoding is text");
    assertThat(refused(REQUIRED + "timestamp-pattern: yyyyMMdd\n").problem())
        .endsWith("is only for texts, but timestamp-encoding is not text");
  }

  @Test
  void anOffsetInTextsNeedsAZoneThatHasOne() {
    String text = REQUIRED + "timestamp-encoding: text\ntimestamp-pattern: yyyyMMddHHmmX\n";

    assertThat(config(text + "time-zone: +08:00\n").filter().range().lower())
        .isEqualTo(new KeyValue.Text("202301010000+08"));
    assertThat(refused(text + "time-zone: America/New_York\n").problem())
        .endsWith(
            "ends with an offset, which changes in America/New_York, so its texts do not sort as"
                + " time does");
  }

  @Test
  void aRangeThatIsFinerThanTheColumnIsRefused() {
    String hours =
        REQUIRED
            .replace("2023-01-01 00:00:00", "2023-01-01 00:10:00")
            .replace("2023-02-01 00:00:00", "2023-01-01 00:20:00");

    assertThat(
            refused(hours + "timestamp-encoding: text\ntimestamp-pattern: yyyyMMddHH\n").problem())
        .endsWith(
            "no timestamp can lie between from (2023-01-01T00:10:00Z) and to"
                + " (2023-01-01T00:20:00Z): the column holds them as text yyyyMMddHH in UTC");
  }

  @Test
  void aConditionThatWouldChangeTheStatementIsRefused() {
    assertThat(refused(REQUIRED + "where: \"a = 1) or (b = 2\"\n").problem()).isNotNull();
    assertThat(refused(REQUIRED + "where: \"a = 1; drop table t\"\n").problem())
        .contains("where", "holds a semicolon");
  }

  @Test
  void anUnknownFormOfDatesIsRefused() {
    ImportException e = refused(REQUIRED + "dates: {ts: epoch}\n");

    assertThat(e.problem()).endsWith("ts is epoch, which is no form of dates");
    assertThat(e.remedy()).isEqualTo("Write iso-8601, epoch-ms or epoch-s.");
  }

  @Test
  void anEmptyRangeIsRefusedWithBothEnds() {
    ImportException e = refused(REQUIRED.replace("2023-02-01", "2022-12-31"));

    assertThat(e.problem())
        .endsWith(
            "the range is empty: to is 2022-12-31T00:00:00Z and from is 2023-01-01T00:00:00Z");
    assertThat(e.problem()).contains("f.yaml:5");
    assertThat(e.remedy())
        .isEqualTo("Set to to a later time than from; it is the first timestamp not to be read.");
    assertThat(refused(REQUIRED.replace("2023-02-01", "2023-01-01")).problem())
        .endsWith(
            "the range is empty: to is 2023-01-01T00:00:00Z and from is 2023-01-01T00:00:00Z");
  }

  @Test
  void aTimestampThatDoesNotParseIsRefusedWithItsPlace() {
    assertThat(refused(REQUIRED.replace("2023-01-01 00:00:00", "last week")).problem())
        .contains("from", "last week", "is not a date or a date and time; accepted are");
  }

  @Test
  void aColumnThatIsNamedTwiceIsRefused() {
    assertThat(refused(REQUIRED + "columns: [a, b, a]\n").problem())
        .endsWith("columns: names a twice");
  }

  @Test
  void aKeyColumnThatIsNamedTwiceIsRefusedWhateverItsDirection() {
    assertThat(refused(REQUIRED + "key-columns: [a, a desc]\n").problem())
        .endsWith("key-columns: names a twice");
  }

  @Test
  void anIndexWithoutItsKeyIsRefused() {
    assertThat(refused(REQUIRED + "force-index: i\n").problem())
        .endsWith("force-index: the key of an index is not known");
    assertThat(refused(REQUIRED + "force-index: i')*/\nkey-columns: [a]\n").problem())
        .contains("force-index: ", "is not the name of an index");
  }

  @Test
  void boundariesAndKeyValuesExcludeEachOther() {
    assertThat(refused(REQUIRED + "boundaries: [a]\nkey-values: [b]\n").problem())
        .endsWith("boundaries: boundaries and key-values contradict each other");
  }

  @Test
  void aPasswordInClearIsRefused() {
    assertThat(refused(REQUIRED + "password: hunter2\n").problem())
        .contains("password")
        .doesNotContain("hunter2");
  }

  @Test
  void theFactoryIsFound() {
    assertThat(ServiceLoader.load(SourceFactory.class))
        .anySatisfy(factory -> assertThat(factory.type()).isEqualTo("lindorm"));
  }
}
