package io.dynaload.source.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Value;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.storage.Expectation;
import io.dynaload.source.storage.FileToRead;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StorageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportFinderTest {
  private static final Instant TIME = Instant.parse("2023-09-18T12:00:00Z");
  private static final List<Map<String, Value>> ITEMS =
      List.of(Map.of("id", new Value.S("a")), Map.of("id", new Value.S("b")));

  @TempDir private Path folder;
  private final Storage storage = Storage.of(StorageConfig.LOCAL);

  private Path full(String prefix, boolean keysHavePrefix) throws Exception {
    return new ExportWriter(folder, prefix, keysHavePrefix)
        .full("0169-f", "t", TIME, "DYNAMODB_JSON", ITEMS);
  }

  private Path incremental(String prefix) throws Exception {
    return new ExportWriter(folder, prefix, true)
        .incremental("0170-i", "t", TIME, TIME.plusSeconds(900), "DYNAMODB_JSON", List.of());
  }

  private List<FileToRead> files(String path) throws IOException {
    return ExportFinder.find(storage, path).files(storage, true);
  }

  private void assertRefused(String path, String problem) {
    assertThatThrownBy(() -> ExportFinder.find(storage, path))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageStartingWith(problem);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.move(from, to);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/manifest-summary.json", "/manifest-files.json"})
  void aNativeExportIsFoundByItsFolderAndItsManifests(String end) throws Exception {
    Path export = full("some/prefix", true);
    List<FileToRead> files = files(export + end);
    assertThat(files).hasSize(5);
    assertThat(files.get(0).object().uri()).isEqualTo("file://" + export + "/data/file0.json.gz");
    assertThat(files.get(0).expected())
        .isEqualTo(
            new Expectation(
                ExportWriter.md5(Files.readAllBytes(export.resolve("data/file0.json.gz"))), 1));
    assertThat(files("file://" + export + end)).isEqualTo(files);
  }

  @Test
  void keysNeedNotCarryThePrefix() throws Exception {
    assertThat(files(full("some/prefix", false).toString())).hasSize(5);
  }

  @Test
  void anExportMayBeCopiedWithoutItsPrefixOrAlone() throws Exception {
    Path export = full("some/prefix", true);
    Path copied = folder.resolve("copied/AWSDynamoDB/0169-f");
    move(export, copied);
    assertThat(files(copied.toString())).hasSize(5);

    Path alone = folder.resolve("my-export");
    move(copied, alone);
    assertThat(files(alone.toString()))
        .allSatisfy(file -> assertThat(file.object().uri()).startsWith("file://" + alone));
  }

  @Test
  void theDataOfAnIncrementalExportLieBesideItsFolderOrWereCopiedIntoIt() throws Exception {
    Path export = incremental("some/prefix");
    Path data = export.resolveSibling("data");
    assertThat(files(export.toString()))
        .hasSize(5)
        .allSatisfy(file -> assertThat(file.object().uri()).startsWith("file://" + data));
    move(data, export.resolve("data"));
    assertThat(files(export.toString())).hasSize(5);
    Export found = ExportFinder.find(storage, export.toString());
    assertThat(found.traits()).isEqualTo(new SourceTraits(true, false, true));
  }

  @Test
  void aFullExportHasEachItemOnceAndNoDeletes() throws Exception {
    Export found = ExportFinder.find(storage, full("", true).toString());
    assertThat(found.traits()).isEqualTo(new SourceTraits(true, true, false));
    assertThat(found.inspect(storage, true)).isEmpty();
  }

  @Test
  void aLegacyExportIsFoundByItsManifestAndReadWhereItLies() throws Exception {
    Path export = new ExportWriter(folder, "", true).legacy("old", false, ITEMS);
    assertThat(files(export.toString()))
        .extracting(file -> file.object().uri())
        .containsExactly("file://" + export + "/f0c1-0", "file://" + export + "/f0c1-1");
    assertThat(files(export.resolve("manifest").toString())).hasSize(2);

    Files.delete(export.resolve("f0c1-1"));
    Path manifest = export.resolve("manifest");
    Files.writeString(
        manifest, Files.readString(manifest).replace("s3://some-bucket", "file:///nowhere"));
    assertThatThrownBy(() -> files(export.toString()))
        .isInstanceOf(ImportException.class)
        .hasMessageStartingWith("A data file of the export is missing: there is no ")
        .hasMessageContaining("/f0c1-1");
    Files.writeString(manifest, Files.readString(manifest).replace("true", "false"));
    assertThat(files(export.toString())).hasSize(1);
    assertThat(ExportFinder.find(storage, export.toString()).inspect(storage, true).get(0))
        .startsWith("1 files that file://" + manifest + " names");
  }

  @Test
  void theOldestLayoutIsAllThatIsInAFolder() throws Exception {
    Path export = new ExportWriter(folder, "", true).oldest("oldest", true, ITEMS);
    assertThat(files(export.toString())).hasSize(1);
    assertThat(ExportFinder.find(storage, export.toString()).inspect(storage, true).get(0))
        .contains("has no manifest");
  }

  @Test
  void whatIsNoExportIsRefused() throws Exception {
    assertRefused(folder + "/nowhere", "There is no export at " + folder + "/nowhere");
    Path export = full("", true);
    String above = Uris.parent(export.toString());
    assertRefused(above, above + " is no export, but a folder that has 1 in it");
    assertRefused(
        export.resolve("data").toString(),
        export.resolve("data") + "/ holds data of an export, but no manifest");
    Files.delete(export.resolve("manifest-summary.json"));
    assertRefused(export.toString(), "The export in " + export + " is not complete");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"version\":\"2020-06-30\"=>\"version\":\"2031-01-01\"=>has the version 2031-01-01",
        "\"outputFormat\":\"DYNAMODB_JSON\"=>\"outputFormat\":\"CSV\"=>has the outputFormat CSV",
        "\"itemCount\":2=>\"itemCount\":\"2\"=>has a itemCount that is no number",
        "\"itemCount\":2=>\"itemCount\":-2=>has a itemCount that is no number",
        "\"itemCount\":2=>\"itemCount\":2,\"itemCount\":3=>is no JSON",
        "\"exportTime\":\"2023=>\"exportTime\":\"MMXXIII=>has a exportTime that is no time",
        "\"exportArn\"=>\"arn\"=>has no exportArn",
        "\"exportType\":null=>\"exportType\":\"SOME\"=>has the exportType SOME",
      })
  void aSummaryIsReadStrictly(String change) throws Exception {
    Path summary = full("", true).resolve("manifest-summary.json");
    String[] parts = change.split("=>", -1);
    String text = Files.readString(summary);
    assertThat(text).contains(parts[0]);
    Files.writeString(summary, text.replace(parts[0], parts[1]));
    assertThatThrownBy(() -> ExportFinder.find(storage, summary.toString()))
        .isInstanceOf(ImportException.class)
        .hasMessageStartingWith("file://" + summary + " " + parts[2]);
  }

  @Test
  void theMd5OfAFileMayBeInHexadecimalAndWhatIsNoMd5IsRefused() throws Exception {
    Path export = full("", true);
    Files.delete(export.resolve("manifest-files.checksum"));
    Path manifest = export.resolve("manifest-files.json");
    List<FileToRead> files = files(export.toString());
    String md5 = Objects.requireNonNull(files.get(0).expected().md5());
    String text = Files.readString(manifest);
    Files.writeString(
        manifest, text.replace(md5, HexFormat.of().formatHex(Base64.getDecoder().decode(md5))));
    assertThat(files(export.toString())).isEqualTo(files);

    Files.writeString(manifest, text.replace(md5, "crc32:0a1b"));
    assertThatThrownBy(() -> files(export.toString()))
        .isInstanceOf(ImportException.class)
        .hasMessage("file://" + manifest + ":1 has an md5Checksum that is no MD5: crc32:0a1b");
  }

  @Test
  void keysOfOneBucketAreLookedForInItsRootFirst() {
    assertThat(
            Uris.of(
                "s3://b/p/AWSDynamoDB/01/manifest-summary.json", "p/AWSDynamoDB/01/data/x.json.gz"))
        .startsWith("s3://b/p/AWSDynamoDB/01/data/x.json.gz");
    assertThat(Uris.of("s3://b/p/AWSDynamoDB/01/manifest-summary.json", "AWSDynamoDB/data/x.gz"))
        .containsSequence("s3://b/AWSDynamoDB/data/x.gz", "s3://b/p/AWSDynamoDB/data/x.gz")
        .doesNotHaveDuplicates();
    assertThat(Stream.of("a/b", "/a").map(Uris::parent)).containsExactly("a", "");
  }
}
