package io.dynaload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTest {
  enum Mode {
    PUT,
    PUT_IF_ABSENT
  }

  private static final Keys CHECKPOINT =
      Keys.of(Key.duration("interval"), Key.text("directory").required().example("s3://b/c"));

  private static final Keys SOURCE =
      Keys.of(
          Key.text("url").required().example("jdbc:lindorm:table:url=http://127.0.0.1:30060"),
          Key.text("table"),
          Key.integer("page-size").defaultsTo(2000).between(1, 10_000),
          Key.longInteger("rows").atLeast(0L),
          Key.number("ratio"),
          Key.flag("prune"),
          Key.duration("timeout").between(Duration.ofSeconds(1), Duration.ofHours(1)),
          Key.choice("mode", Mode.class),
          Key.oneOf("kind", List.of("table", "tsdb")),
          Key.parsed("size", "a size", "10MB", CheckTest::size),
          Key.texts("columns"),
          Key.textMap("rename"),
          Key.section("checkpoint", CHECKPOINT),
          Key.sections("parts", CHECKPOINT),
          Key.secret("password"),
          Key.textOrReference("username"),
          Key.textOrReferenceMap("properties"));

  @Test
  void everyProblemOfAFileIsReportedInItsOrder() {
    ImportException e =
        refused(
            """
            source:
              tabel: readings
              page-size: 0
              columns: [a, [b], c]
              checkpoint:
                interval: 60
              password: hunter2
            """);

    assertThat(e)
        .hasMessage(
            """
            x.yaml:1 source.url: is missing; add, for example, "url: jdbc:lindorm:table:url=http://127.0.0.1:30060"
            x.yaml:2 source.tabel: unknown key; did you mean "table"? Known: url, table, page-size, \
            rows, ratio, prune, timeout, mode, kind, size, columns, rename, checkpoint, parts, \
            password, username, properties
            x.yaml:3 source.page-size: 0 is below 1
            x.yaml:4 source.columns.1: expected a text, for example some-text; found a list
            x.yaml:5 source.checkpoint.directory: is missing; add, for example, "directory: s3://b/c"
            x.yaml:6 source.checkpoint.interval: "60" has no unit; write, for example, 60s (ms, s, m, h or d)
            x.yaml:7 source.password: a secret cannot be written here itself; write where it is: \
            ${env:LINDORM_PASSWORD}, ${file:/path}, ${ssm:NAME} or ${secretsmanager:NAME#json-key}""");
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.remedy()).isEqualTo("Correct these 7 places and start again.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "page-size: 10001 ! 10001 is above 10000",
        "page-size: many ! \"many\" is not a whole number, such as 100",
        "page-size: 1.0 ! \"1.0\" is not a whole number, such as 100",
        "page-size: 0x10 ! \"0x10\" is not a whole number, such as 100",
        "page-size: 3000000000 ! \"3000000000\" is above 2147483647",
        "page-size: [1] ! expected a whole number, for example 100; found a list",
        "page-size: {a: 1} ! expected a whole number, for example 100; found a section",
        "page-size: ! has no value; expected a whole number, for example 100",
        "rows: -1 ! -1 is below 0",
        "rows: 9223372036854775808 ! \"9223372036854775808\" is above 9223372036854775807",
        "ratio: 1e5 ! \"1e5\" is not a number, such as 0.5",
        "prune: yes ! \"yes\" is neither true nor false",
        "timeout: 1 hour ! \"1 hour\" is not a duration, such as 500ms, 60s, 5m, 1h or 2d",
        "timeout: -5s ! \"-5s\" is not a duration, such as 500ms, 60s, 5m, 1h or 2d",
        "timeout: 500ms ! 500ms is below 1s",
        "timeout: 1d ! 24h is above 1h",
        "mode: puts ! \"puts\" is not one of put, put-if-absent; did you mean \"put\"?",
        "mode: PUT_IF_ABSENT ! \"PUT_IF_ABSENT\" is not one of put, put-if-absent; did you mean"
            + " \"put-if-absent\"?",
        "mode: delete ! \"delete\" is not one of put, put-if-absent",
        "kind: tdsb ! \"tdsb\" is not one of table, tsdb; did you mean \"tsdb\"?",
        "size: big ! \"big\" is not a size, such as 10MB",
        "columns: a ! expected a list of texts, for example [a, b]; found a single value",
        "rename: [a] ! expected names with a text each, for example {a: b}; found a list",
        "table: {a: b} ! expected a text, for example some-text; found a section",
        "table: ${env:TABLE} ! a reference ${…} is not resolved here; write the value itself, or"
            + " give it on the command line with --set",
        "table: x-${env:TABLE} ! a reference ${…} is not resolved here; write the value itself, or"
            + " give it on the command line with --set",
        "table: ${TABLE} ! a reference ${…} is not resolved here; write the value itself, or give"
            + " it on the command line with --set",
        "page-size: ${env:SIZE} ! a reference ${…} is not resolved here; write the value itself,"
            + " or give it on the command line with --set",
        "size: http://u:pw@host ! \"http://…@host\" is not a size, such as 10MB",
        "checkpoint: 60s ! expected keys below it, for example \"directory: s3://b/c\"; found a"
            + " single value",
        "checkpoint: ! has no value; expected a section, for example {directory: s3://b/c}",
        "parts: {} ! expected a list of sections, for example [{directory: s3://b/c}]; found a"
            + " section",
        "password: [a] ! expected a reference to a secret, for example ${env:LINDORM_PASSWORD};"
            + " found a list",
        "password: ${vault:x} ! a malformed reference; the whole value must be ${env:NAME},"
            + " ${file:PATH}, ${ssm:NAME} or ${secretsmanager:NAME#json-key}",
        "password: ${env:} ! a malformed reference; the whole value must be ${env:NAME},"
            + " ${file:PATH}, ${ssm:NAME} or ${secretsmanager:NAME#json-key}",
        "username: a${env:B} ! a malformed reference; the whole value must be ${env:NAME},"
            + " ${file:PATH}, ${ssm:NAME} or ${secretsmanager:NAME#json-key}",
        "pagesize: 1 ! unknown key; did you mean \"page-size\"? Known: url, table, page-size,"
            + " rows, ratio, prune, timeout, mode, kind, size, columns, rename, checkpoint, parts,"
            + " password, username, properties",
        "zzz: 1 ! unknown key. Known: url, table, page-size, rows, ratio, prune, timeout, mode,"
            + " kind, size, columns, rename, checkpoint, parts, password, username, properties",
      })
  void aBadValueIsToldWithWhatWasExpected(String line, String message) {
    String key = line.substring(0, line.indexOf(':'));

    ImportException e = refused("source:\n  url: u\n  " + line + "\n");

    assertThat(e).hasMessage("x.yaml:3 source." + key + ": " + message);
    assertThat(e.remedy()).isEqualTo("Correct it and start again.");
  }

  @Test
  void aRequiredTextIsNotEmpty() {
    assertThat(refused("source:\n  url: ''\n")).hasMessage("x.yaml:2 source.url: is empty");
  }

  @Test
  void listsOfSectionsAreCheckedOneByOne() {
    assertThat(refused("source:\n  url: u\n  parts:\n    - directory: d\n    - interval: 1s\n"))
        .hasMessage(
            "x.yaml:5 source.parts.1.directory: is missing; add, for example,"
                + " \"directory: s3://b/c\"");
  }

  @Test
  void aLongValueIsShortened() {
    assertThat(refused("source:\n  url: u\n  rows: " + "9".repeat(99_999) + "\n").problem())
        .hasSizeLessThan(250);
  }

  @Test
  void oneKeyIsReadBeforeTheOthersAreKnown() {
    Key<String> type = Key.oneOf("type", List.of("lindorm", "file")).required();
    Problems problems = new Problems();

    assertThat(source("source:\n  type: file\n  path: x\n").read(type, problems)).contains("file");
    problems.throwIfAny();
    assertThat(source("source:\n  type: lindrom\n").read(type, problems)).isEmpty();
    assertThat(source("source:\n  path: x\n").read(type, problems)).isEmpty();

    assertThat(catchThrowableOfType(ImportException.class, problems::throwIfAny))
        .hasMessage(
            """
            x.yaml:1 source.type: is missing; add, for example, "type: lindorm"
            x.yaml:2 source.type: "lindrom" is not one of lindorm, file; did you mean "lindorm"?""");
  }

  @Test
  void problemsOfFactoriesJoinTheOthersWithTheirRemedies() {
    Problems problems = new Problems();
    assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
    problems.add(source("source: {}\n").problem("from is not before to", "Swap them."));
    source("source: {}\n").check(SOURCE, problems);

    ImportException e = catchThrowableOfType(ImportException.class, problems::throwIfAny);

    assertThat(e.problem().lines())
        .containsExactly(
            "x.yaml:1 source.url: is missing; add, for example,"
                + " \"url: jdbc:lindorm:table:url=http://127.0.0.1:30060\"",
            "x.yaml:1 source: from is not before to");
    assertThat(e.remedy()).isEqualTo("Swap them.");
  }

  private static Long size(String text) {
    throw new IllegalArgumentException("is not a size, such as 10MB");
  }

  private static Tree source(String yaml) {
    return ConfigFile.parse("x.yaml", yaml, List.of()).child("source").orElseThrow();
  }

  private static ImportException refused(String yaml) {
    return catchThrowableOfType(ImportException.class, () -> source(yaml).check(SOURCE));
  }
}
