package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.config.ConfigFile;
import io.dynaload.config.Section;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteModeCheckTest {
  private static final SourceSchema SCHEMA =
      new SourceSchema(Map.of("id", "S", "at", "N", "raw", "B"), List.of("id"));

  private static Section section(String mode) {
    return ConfigFile.parse(
            "import.yaml", "{table: abc, write-capacity: 5, write-mode: " + mode + "}", List.of())
        .check(DynamoDbSinkConfig.KEYS);
  }

  private static Optional<ImportException> deletes(String mode, boolean deletes) {
    Section section = section(mode);
    return WriteModeCheck.deletes(
        new SourceTraits(true, false, deletes), DynamoDbSinkConfig.from(section), section);
  }

  @Test
  void whoOnlyInsertsCannotReadDeletes() {
    assertThat(deletes("insert-only", false)).isEmpty();
    assertThat(deletes("overwrite", true)).isEmpty();
    assertThat(deletes("newer-wins, version-attribute: v", true)).isEmpty();
    assertThat(deletes("insert-only", true))
        .hasValueSatisfying(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
              assertThat(e.problem()).contains("import.yaml", "write-mode", "deletes");
            });
  }

  private static void version(String attribute, SourceSchema schema) {
    Section section = section("newer-wins, version-attribute: " + attribute);
    WriteModeCheck.version(schema, DynamoDbSinkConfig.from(section));
  }

  @ParameterizedTest
  @CsvSource({"when, at", "raw, type B"})
  void aVersionHasToBeAmongTheRowsColumnsAndToCompare(String attribute, String named) {
    ImportException e =
        catchThrowableOfType(ImportException.class, () -> version(attribute, SCHEMA));

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem() + e.remedy()).contains(attribute, "sink.version-attribute", named);
  }

  @Test
  void aVersionOfUnknownRowsIsTakenOnTrust() {
    assertThatCode(
            () -> {
              version("at", SCHEMA);
              version("when", new SourceSchema(Map.of(), List.of()));
            })
        .doesNotThrowAnyException();
  }
}
