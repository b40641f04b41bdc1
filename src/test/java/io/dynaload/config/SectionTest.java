package io.dynaload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SectionTest {
  enum Billing {
    ON_DEMAND,
    PROVISIONED
  }

  private static final Key<String> TABLE = Key.text("table").required().example("readings");
  private static final Key<Integer> PAGE_SIZE =
      Key.integer("page-size").defaultsTo(2000).between(1, 10_000);
  private static final Key<Long> ROWS = Key.longInteger("rows");
  private static final Key<BigDecimal> RATIO = Key.number("ratio");
  private static final Key<Boolean> CREATE = Key.flag("create").defaultsTo(false);
  private static final Key<Duration> TIMEOUT =
      Key.duration("timeout").defaultsTo(Duration.ofSeconds(60)).atLeast(Duration.ofSeconds(1));
  private static final Key<Billing> BILLING = Key.choice("billing", Billing.class);
  private static final Key<List<String>> COLUMNS = Key.texts("columns");
  private static final Key<Map<String, String>> RENAME = Key.textMap("rename");
  private static final Key<String> DIRECTORY = Key.text("directory").required();
  private static final Key<Duration> INTERVAL =
      Key.duration("interval").defaultsTo(Duration.ofMinutes(1));
  private static final Key<Section> CHECKPOINT =
      Key.section("checkpoint", Keys.of(INTERVAL, Key.text("mode")));
  private static final Key<Section> STRICT = Key.section("strict", Keys.of(DIRECTORY));
  private static final Key<List<Section>> STEPS = Key.sections("steps", Keys.of(DIRECTORY));
  private static final Key<Tree> TRANSFORM = Key.tree("transform", "a list of steps", "[]");

  private static final Keys KEYS =
      Keys.of(
          TABLE,
          PAGE_SIZE,
          ROWS,
          RATIO,
          CREATE,
          TIMEOUT,
          BILLING,
          COLUMNS,
          RENAME,
          CHECKPOINT,
          STRICT,
          STEPS,
          TRANSFORM);

  @Test
  void everyTypeIsRead() {
    Section section =
        check(
            """
            table: 007
            page-size: 500
            rows: 9223372036854775807
            ratio: 0.10
            create: true
            timeout: 5m
            billing: on-demand
            columns: [a, 1.0, no]
            rename: {start: creation_time, b: 0x1F}
            checkpoint: {interval: 500ms}
            steps:
              - directory: 2023-01-01 00:00:00
            transform:
              - where: size(item.order_id) > 0
            """);

    assertThat(section.get(TABLE)).isEqualTo("007");
    assertThat(section.get(PAGE_SIZE)).isEqualTo(500);
    assertThat(section.get(ROWS)).isEqualTo(Long.MAX_VALUE);
    assertThat(section.get(RATIO)).isEqualTo(new BigDecimal("0.10"));
    assertThat(section.get(CREATE)).isTrue();
    assertThat(section.get(TIMEOUT)).isEqualTo(Duration.ofMinutes(5));
    assertThat(section.get(BILLING)).isEqualTo(Billing.ON_DEMAND);
    assertThat(section.get(COLUMNS)).containsExactly("a", "1.0", "no");
    assertThat(section.get(RENAME))
        .containsExactly(Map.entry("start", "creation_time"), Map.entry("b", "0x1F"));
    assertThat(section.get(CHECKPOINT).get(INTERVAL)).isEqualTo(Duration.ofMillis(500));
    assertThat(section.get(STEPS).get(0).get(DIRECTORY)).isEqualTo("2023-01-01 00:00:00");
    assertThat(section.get(TRANSFORM).elements().get(0).text("where"))
        .contains("size(item.order_id) > 0");
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    Section section = check("table: readings\n");

    assertThat(section.get(PAGE_SIZE)).isEqualTo(2000);
    assertThat(section.find(TIMEOUT)).contains(Duration.ofSeconds(60));
    assertThat(section.find(ROWS)).isEmpty();
    assertThat(section.has(PAGE_SIZE)).isFalse();
    assertThat(section.has(TABLE)).isTrue();
  }

  @Test
  void aSectionThatIsLeftOutIsOneOfDefaults() {
    Section section = check("table: readings\n");

    assertThat(section.find(CHECKPOINT)).isEmpty();
    assertThat(section.get(CHECKPOINT).get(INTERVAL)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void askingForAnUndeclaredKeyIsADefect() {
    Section section = check("table: readings\n");

    assertThatIllegalArgumentException().isThrownBy(() -> section.find(Key.text("other")));
    assertThatIllegalArgumentException().isThrownBy(() -> section.get(ROWS));
  }

  @Test
  void aProblemOfAFactoryStandsAtItsKey() {
    Section section =
        ConfigFile.parse("x.yaml", "sink:\n  table: t\n", List.of())
            .child("sink")
            .orElseThrow()
            .check(KEYS);

    ImportException atValue = section.problem(TABLE, "no such table", "Create it.");
    ImportException atSection = section.problem(ROWS, "needed here", "Add it.");

    assertThat(atValue.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(atValue).hasMessage("x.yaml:2 sink.table: no such table");
    assertThat(atValue.remedy()).isEqualTo("Create it.");
    assertThat(atSection.problem()).isEqualTo("x.yaml:1 sink.rows: needed here");
  }

  private static Section check(String yaml) {
    return ConfigFile.parse("x.yaml", yaml, List.of()).check(KEYS);
  }
}
