package io.dynaload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
  private static final String FILE =
      """
      source:
        table: readings
        columns: [a, b]
        page-size: 10
      imports:
        - sink: {table: one}
        - sink: {table: two}
      """;

  private static final Keys SOURCE =
      Keys.of(
          Key.text("table"),
          Key.integer("page-size").atLeast(1),
          Key.texts("columns"),
          Key.secret("password"));

  @Test
  void aValueIsReplaced() {
    Tree source = child("source", "source.table=other", "source.columns=[x, 'y, z']");

    assertThat(source.text("table")).contains("other");
    assertThat(source.child("columns").orElseThrow().elements())
        .extracting(e -> e.text().orElseThrow())
        .containsExactly("x", "y, z");
    assertThat(source.text("page-size")).contains("10");
  }

  @Test
  void sectionsThatAreMissingAreMade() {
    Tree pipeline = child("pipeline", "pipeline.checkpoint.interval=60s");

    assertThat(pipeline.child("checkpoint").orElseThrow().text("interval")).contains("60s");
  }

  @Test
  void anEmptyFileCanBeFilled() {
    assertThat(
            ConfigFile.parse("x.yaml", "", List.of("sink.table=x", "sink.region=y"))
                .child("sink")
                .orElseThrow()
                .children())
        .containsOnlyKeys("table", "region");
  }

  @Test
  void anElementOfAListIsNamedByItsNumber() {
    List<Tree> imports = child("imports", "imports.1.sink.table=three").elements();

    assertThat(imports.get(0).child("sink").orElseThrow().text("table")).contains("one");
    assertThat(imports.get(1).child("sink").orElseThrow().text("table")).contains("three");
  }

  @Test
  void theLastOneOfAPathWins() {
    assertThat(child("source", "source.table=x", "source.table=y").text("table")).contains("y");
  }

  @ParameterizedTest
  @CsvSource({"2023-01-01 00:00:00", "a: b", "a # b", "*x", "${env:A}", "a=b=c", "x:y@z"})
  void otherValuesAreTakenAsTheyStand(String value) {
    assertThat(child("source", "source.table=" + value).text("table")).contains(value);
  }

  @Test
  void problemsNameTheOption() {
    assertThat(checked("source.page-size=0")).hasMessage("--set source.page-size: 0 is below 1");
    assertThat(checked("source.page-size="))
        .hasMessage(
            "--set source.page-size: has no value; expected a whole number, for example 100");
    assertThat(checked("source.tabel=x"))
        .hasMessage(
            "--set source.tabel: unknown key; did you mean \"table\"? Known: table, page-size,"
                + " columns, password");
    assertThat(checked("source={page-size: 0}"))
        .hasMessage("--set source source.page-size: 0 is below 1");
  }

  @Test
  void aSecretIsRefusedBecauseAProcessListWouldShowIt() {
    assertThat(checked("source.password=hunter2"))
        .hasMessage(
            "--set source.password: a secret cannot be written here itself; write where it is:"
                + " ${env:LINDORM_PASSWORD}, ${file:/path}, ${ssm:NAME} or"
                + " ${secretsmanager:NAME#json-key}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "source.table ! --set source.table: expected PATH=VALUE",
        "=x ! --set : expected PATH=VALUE",
        ".table=x ! --set .table: expected PATH=VALUE",
        "source..table=x ! --set source..table: expected PATH=VALUE",
        "source.table.=x ! --set source.table.: expected PATH=VALUE",
        "source.password:hunter2 ! --set source.password: expected PATH=VALUE",
        "source password=hunter2 ! --set source: expected PATH=VALUE",
        "source.table.x=1 ! --set source.table.x: \"x\" cannot be set below a single value"
            + " (x.yaml:2)",
        "imports.2.sink=x ! --set imports.2.sink: there is no element 2; the list in x.yaml:6 has"
            + " 2",
        "imports.sink=x ! --set imports.sink: \"sink\" cannot be set below a list (x.yaml:6)",
        "source.columns=[a ! --set source.columns: not valid YAML: the file ends within quotes, a"
            + " bracket or a brace",
        "source.columns=[a] b ! --set source.columns: not valid YAML: expected '<document start>',"
            + " but found '<scalar>'"
      })
  void aMalformedOneIsOneClearError(String override, String message) {
    ImportException e =
        catchThrowableOfType(
            ImportException.class, () -> ConfigFile.parse("x.yaml", FILE, List.of(override)));

    assertThat(e).hasMessage(message);
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.remedy()).isNotEmpty();
  }

  private static Tree child(String key, String... overrides) {
    return ConfigFile.parse("x.yaml", FILE, List.of(overrides)).child(key).orElseThrow();
  }

  private static ImportException checked(String override) {
    return catchThrowableOfType(
        ImportException.class, () -> child("source", override).check(SOURCE));
  }
}
