package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.config.Keys;
import io.dynaload.config.Manual;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.transform.Transform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is generated; {@code -Ddynaload.manual.write=true} writes it anew. */
class ManualTest {
  private static final String HEAD =
      """
      # The import file

      YAML, with keys in kebab-case. An unknown key, a missing one and a wrong value are errors; all of a file's are shown
      together. Any value can be set on the command line: `--set sink.table=x`. See [secrets](secrets.md) for references and
      [the examples](../examples).

      This page is generated from the code.

      """;

  private static String manual() {
    List<Manual.Chapter> chapters = new ArrayList<>();
    SourceFactories.all()
        .forEach(
            (type, factory) ->
                chapters.add(
                    new Manual.Chapter(
                        "`source` of `type: " + type + "`",
                        "",
                        Keys.of(ImportFile.type(List.of(type))).and(factory.keys()))));
    chapters.add(
        new Manual.Chapter(
            "a step of `transform`",
            "`transform` is a list of steps; each does one thing. See [transforms](transform.md).",
            Transform.STEP));
    chapters.add(new Manual.Chapter("`sink`", "", DynamoDbSinkConfig.KEYS));
    chapters.add(new Manual.Chapter("`pipeline`", "", PipelineConfig.KEYS));
    chapters.add(
        new Manual.Chapter(
            "Several imports",
            "Beside `source`, `sink` and `pipeline`, which the imports then share; see [several imports in one"
                + " file](imports.md).",
            Keys.of(ImportsFile.MAX_CONCURRENT, ImportsFile.IMPORTS)));
    chapters.add(
        new Manual.Chapter(
            "One of `imports`",
            "Its own `source`, `sink` and `pipeline` (without `name`), and",
            Keys.of(ImportsFile.NAME)));
    return HEAD + Manual.markdown(chapters);
  }

  @Test
  void theManualSaysWhatTheCodeSays() throws Exception {
    Path page = Path.of(System.getProperty("dynaload.home", "."), "docs/configuration.md");
    if (Boolean.getBoolean("dynaload.manual.write")) {
      Files.writeString(page, manual());
    }
    assertThat(page).hasContent(manual());
  }
}
