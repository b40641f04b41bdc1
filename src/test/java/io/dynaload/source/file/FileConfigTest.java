package io.dynaload.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.config.ConfigFile;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.file.FileConfig.CompressionChoice;
import io.dynaload.source.format.CsvOptions;
import io.dynaload.source.format.CsvOptions.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileConfigTest {
  private static FileConfig config(String text) {
    return FileConfig.of(
        ConfigFile.parse("/home/me/f.yaml", text, List.of()).check(FileConfig.KEYS));
  }

  @Test
  void theLeastIsAPathAndAFormat() {
    FileConfig config = config("path: s3://b/x\nformat: csv\n");
    assertThat(config.paths()).containsExactly("s3://b/x");
    assertThat(config.compression()).isEqualTo(CompressionChoice.BY_EXTENSION);
    assertThat(config.keepOrder()).isFalse();
    assertThat(config.watch()).isEqualTo(WatchConfig.OFF);
    assertThat(config.storage().requesterPays()).isFalse();
    assertThat(config.format().csv())
        .isEqualTo(new CsvConfig(List.of(), Dialect.RFC_4180, "", Map.of(), true));
    assertThat(new FileSource(config).traits()).isEqualTo(new SourceTraits(true, false, false));
  }

  @Test
  void everyKeyIsTaken() {
    FileConfig config =
        config(
            """
            paths: [/a, 'b/*.csv', file:///c]
            format: csv
            columns: [id, price]
            delimiter: tab
            quote: "'"
            null-text: \\N
            types: {price: n}
            multi-line: false
            compression: zstd
            keep-order: true
            watch: 10s
            until-idle: 5m
            region: eu-central-1
            endpoint: http://127.0.0.1:9000
            role-arn: arn:aws:iam::123456789012:role/reader
            requester-pays: true
            """);
    assertThat(config.paths()).containsExactly("/a", "/home/me/b/*.csv", "file:///c");
    assertThat(config.format().csv())
        .isEqualTo(
            new CsvConfig(
                List.of("id", "price"),
                new Dialect('\t', '\''),
                "\\N",
                Map.of("price", CsvOptions.Type.N),
                false));
    assertThat(config.compression()).isEqualTo(CompressionChoice.ZSTD);
    assertThat(config.keepOrder()).isTrue();
    assertThat(config.watch())
        .isEqualTo(new WatchConfig(Duration.ofSeconds(10), Duration.ofMinutes(5)));
    assertThat(config.storage().aws().endpoint()).isEqualTo("http://127.0.0.1:9000");
    assertThat(config.storage().aws().roleArn()).endsWith("role/reader");
    assertThat(config.storage().requesterPays()).isTrue();
    assertThat(new FileSource(config).traits().bounded()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format: csv                              | no path is given",
        "path: a;paths: [b];format: csv           | path and paths contradict each other",
        "paths: [];format: csv                    | no path is given",
        "path: a;format: xml                      | xml is not a format that is known here. Known: csv, json, dynamodb-json, ion",
        "path: a;format: json;types: {a: N}       | is for format: csv",
        "path: a;format: csv;options: {a: b}      | is for a decoder on the class path",
        "path: a;format: csv;types: {a: X}        | a is X, which is no type of CSV's values",
        "path: a;format: csv;delimiter: '\"'      | delimiter and quote must be two ASCII characters",
        "path: a;format: csv;header: false        | nothing names the columns",
        "path: a;format: csv;header: true;columns: [a] | the header names the columns already",
        "path: a;format: csv;until-idle: 5m       | is for a run that watches",
        "path: a;format: csv;delimiter: ab        | is not one ASCII character",
        "path: a                                  | format: is missing"
      })
  void whatContradictsItselfIsNamedWithItsPlace(String text, String message) {
    ImportException e =
        catchThrowableOfType(ImportException.class, () -> config(text.replace(';', '\n')));
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem()).contains("/home/me/f.yaml").contains(message);
  }

  @Test
  void aLocalFileThatIsStillBeingWrittenIsNotTriedByAWatch(@TempDir Path folder)
      throws IOException {
    Files.write(folder.resolve("a.csv.gz"), new byte[] {0x1f, (byte) 0x8b});
    String file = "path: " + folder + "\nformat: csv\n";
    ImportException e =
        catchThrowableOfType(ImportException.class, new FileSource(config(file))::inspect);
    assertThat(e.problem()).contains("a.csv.gz cannot be decompressed (gzip)");
    assertThat(new FileSource(config(file + "watch: 10s\n")).inspect().warnings()).isEmpty();
  }

  @Test
  void aPathWithoutAFileIsToldBeforeTheRun() {
    Path nowhere = Path.of("/nowhere/at/all");
    FileSource source = new FileSource(config("path: " + nowhere + "\nformat: csv"));
    ImportException e = catchThrowableOfType(ImportException.class, source::inspect);
    assertThat(e.problem()).isEqualTo("There is no file at /nowhere/at/all");
  }
}
