package io.dynaload.source.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Value;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.ImportRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exports that are not what their manifests say. */
@Timeout(120)
class ExportFaultsITCase {
  private static final String DATA = "data/file1.json.gz";

  @TempDir private static Path folder;
  private static ExportImport imports;
  private static int exports;

  private Path export = folder;
  private Path file = folder;

  @BeforeAll
  static void startTheServer() {
    imports = new ExportImport(folder);
  }

  @AfterAll
  static void stopTheServer() {
    imports.close();
  }

  @BeforeEach
  void writeAnExport() throws Exception {
    List<Map<String, Value>> items = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      items.add(Map.of("id", new Value.S("i" + i), "text", new Value.S("x".repeat(i))));
    }
    export =
        new ExportWriter(folder, "", true)
            .full("export-" + ++exports, "t", Instant.EPOCH, "DYNAMODB_JSON", items);
    file = imports.file("path: " + export, "partition-key: 'id:S'");
  }

  private ImportException refusal() {
    List<ImportException> thrown = new ArrayList<>();
    assertThatThrownBy(() -> ExportImport.prepare(file, null))
        .isInstanceOfSatisfying(ImportException.class, thrown::add);
    assertThat(imports.hasTable(file)).isFalse();
    return thrown.get(0);
  }

  private ImportException failure() throws InterruptedException {
    ImportRun.Result result = ExportImport.run(ExportImport.prepare(file, null));
    assertThat(result.report().state()).isEqualTo(RunState.FAILED);
    ImportException failure = result.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE);
    return failure;
  }

  private static void replace(Path path, String from, String to) throws IOException {
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replaceFirst(from, to));
  }

  /** The checksums beside the manifests are optional, so a test that changes one drops them. */
  private void withoutChecksums() throws IOException {
    Files.delete(export.resolve("manifest-summary.md5"));
    Files.delete(export.resolve("manifest-files.checksum"));
  }

  @Test
  void aFileWithOtherBytesIsNamed() throws Exception {
    Path data = export.resolve(DATA);
    byte[] same = ExportWriter.gzip(unzipped(data).replaceFirst("x", "y"));
    Files.write(data, same);

    assertThat(failure().problem())
        .startsWith("file://" + data + " has the MD5 " + ExportWriter.md5(same) + ", not the ")
        .endsWith(" expected");
  }

  @Test
  void aFileWithAnItemTooFewIsNamed() throws Exception {
    Path data = export.resolve(DATA);
    String text = unzipped(data);
    Files.write(data, ExportWriter.gzip(text.substring(text.indexOf('\n') + 1)));

    assertThat(failure().problem())
        .isEqualTo("file://" + data + " holds 49 records, not the 50 expected");
  }

  @Test
  void nothingIsComparedWhereTheFileSaysSo() throws Exception {
    Path data = export.resolve(DATA);
    String text = unzipped(data);
    Files.write(data, ExportWriter.gzip(text.substring(text.indexOf('\n') + 1)));
    replace(export.resolve("manifest-summary.json"), "\"itemCount\":200", "\"itemCount\":7");

    ImportRun.Result result =
        ExportImport.run(ExportImport.prepare(file, null, "source.verify-checksums=false"));
    assertThat(result.report().isComplete()).as(result.report().summary()).isTrue();
    assertThat(imports.content(file)).hasSize(199);
  }

  @Test
  void anExportWithoutAFileIsAnEmptyTable() throws Exception {
    withoutChecksums();
    Files.writeString(export.resolve("manifest-files.json"), "");
    replace(export.resolve("manifest-summary.json"), "\"itemCount\":200", "\"itemCount\":0");
    ImportRun.Result result = ExportImport.run(ExportImport.prepare(file, null));
    assertThat(result.report().isComplete()).as(result.report().summary()).isTrue();
    assertThat(imports.content(file)).isEmpty();
  }

  @Test
  void aFileThatIsCutIsNamed() throws Exception {
    Path data = export.resolve(DATA);
    byte[] bytes = Files.readAllBytes(data);
    Files.write(data, java.util.Arrays.copyOf(bytes, bytes.length - 20));

    assertThat(failure().problem()).startsWith("file://" + data + " cannot be decompressed (gzip)");
  }

  @Test
  void aFileThatIsMissingIsNamedBeforeAnythingIsWritten() throws Exception {
    Files.delete(export.resolve(DATA));
    assertThat(refusal().problem())
        .startsWith("A data file of the export is missing: there is no ")
        .contains("file://" + export.resolve(DATA));
  }

  @Test
  void aSumThatDiffersIsRefusedAndBothAreNamed() throws Exception {
    withoutChecksums();
    replace(export.resolve("manifest-summary.json"), "\"itemCount\":200", "\"itemCount\":201");
    assertThat(refusal().problem())
        .isEqualTo(
            "file://%s speaks of 201 items, but the files in file://%s have 200 together",
            export.resolve("manifest-summary.json"), export.resolve("manifest-files.json"));
  }

  @Test
  void aManifestThatWasChangedIsRefused() throws Exception {
    replace(export.resolve("manifest-files.json"), "file0", "file1");
    assertThat(refusal().problem())
        .startsWith("file://" + export.resolve("manifest-files.json") + " has the MD5 ")
        .contains("but file://" + export.resolve("manifest-files.checksum") + " says ");
  }

  @Test
  void aManifestThatIsCutIsRefusedWithItsLine() throws Exception {
    withoutChecksums();
    Path files = export.resolve("manifest-files.json");
    String text = Files.readString(files);
    Files.writeString(files, text.substring(0, text.length() - 30));
    assertThat(refusal().problem()).startsWith("file://" + files + ":5 is no JSON: ");
  }

  @Test
  void withoutChecksumsBesideTheManifestsAllElseIsCompared() throws Exception {
    withoutChecksums();
    ImportRun.Result result = ExportImport.run(ExportImport.prepare(file, null));
    assertThat(result.report().isComplete()).as(result.report().summary()).isTrue();
  }

  private static String unzipped(Path file) throws IOException {
    try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
