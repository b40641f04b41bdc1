package io.dynaload.source.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.error.OutageException;
import io.dynaload.item.Item;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.format.FilePart;
import io.dynaload.source.format.Formats;
import io.dynaload.source.format.RecordFormat;
import io.dynaload.source.format.RecordFormat.Splitting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FilePageReaderTest {
  private static final RecordFormat FORMAT = Formats.dynamoDbExport();

  @TempDir private Path folder;

  private static String lines(String file, int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append("{\"Item\":{\"pk\":{\"S\":\"" + file + "-" + i + "\"}}}\n");
    }
    return lines.toString();
  }

  private FileToRead file(String name, Compression compression, String text) throws IOException {
    return file(name, compression, text, Expectation.NONE);
  }

  private FileToRead file(String name, Compression compression, String text, Expectation expected)
      throws IOException {
    Path path = folder.resolve(name);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Files.write(path, CompressionTest.compress(compression, bytes));
    StoredObject object = Storage.of(StorageConfig.LOCAL).find(path.toString()).orElseThrow();
    return new FileToRead(object, name, compression, expected);
  }

  private static FileSplit split(FileToRead... files) {
    return new FileSplit(
        "files-0",
        List.of(files).stream()
            .map(file -> SplitPart.unread(file, FilePart.whole(file.unit())))
            .toList());
  }

  private static FilePageReader reader() {
    return new FilePageReader(StorageConfig.LOCAL, FORMAT);
  }

  private static List<String> origins(FileSplit split) throws IOException {
    List<String> origins = new ArrayList<>();
    try (FilePageReader reader = reader()) {
      reader.open(split);
      for (Optional<Page<FileSplit>> page = reader.nextPage();
          page.isPresent();
          page = reader.nextPage()) {
        for (int i = 0; i < page.get().size(); i++) {
          origins.add(page.get().item(i).origin().toString());
        }
      }
    }
    return origins;
  }

  @Test
  void partsAreReadAPageOfEachInTurn() throws IOException {
    FileSplit split =
        split(
            file("a", Compression.NONE, lines("a", 0, 1200)),
            file("b", Compression.GZIP, lines("b", 0, 700)),
            file("empty", Compression.NONE, ""),
            file("c", Compression.ZSTD, lines("c", 0, 1)));
    List<String> pages = new ArrayList<>();
    try (FilePageReader reader = reader()) {
      reader.open(split);
      for (Optional<Page<FileSplit>> page = reader.nextPage();
          page.isPresent();
          page = reader.nextPage()) {
        pages.add(page.get().item(0).origin().unit() + " " + page.get().size());
      }
    }
    assertThat(pages).containsExactly("a 500", "b 500", "c 1", "a 500", "b 200", "a 200");
  }

  @Test
  void aPageHoldsAboutAMegabyteOfLongRecords() throws IOException {
    String line = "{\"Item\":{\"pk\":{\"S\":\"" + "x".repeat(100_000) + "\"}}}\n";
    try (FilePageReader reader = reader()) {
      reader.open(split(file("long", Compression.NONE, line.repeat(50))));
      assertThat(reader.nextPage().orElseThrow().size()).isEqualTo(11);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readingGoesOnAtAnyItemWithoutLossOrRepetition(Compression compression) throws Exception {
    FileSplit split =
        split(
            file("a", compression, lines("a", 0, 1100)),
            file("b", compression, lines("b", 0, 350) + "no json\n\n" + lines("b", 350, 600)),
            file("c", compression, lines("c", 0, 20)));
    List<String> whole = origins(split);
    assertThat(whole).hasSize(1721).doesNotHaveDuplicates();

    FileSplitSerializer serializer = new FileSplitSerializer();
    Random random = new Random(5);
    for (int attempt = 0; attempt < 12; attempt++) {
      List<String> seen = new ArrayList<>();
      FileSplit at = split;
      try (FilePageReader reader = reader()) {
        reader.open(at);
        Optional<Page<FileSplit>> page = reader.nextPage();
        while (page.isPresent()) {
          int stopAt = random.nextInt(2 * page.get().size());
          for (int i = 0; i < page.get().size() && i <= stopAt; i++) {
            seen.add(page.get().item(i).origin().toString());
          }
          if (stopAt < page.get().size()) {
            at = serializer.deserialize(1, serializer.serialize(page.get().splitAfter(stopAt)));
            reader.open(at);
          }
          page = reader.nextPage();
        }
      }
      assertThat(seen).containsExactlyInAnyOrderElementsOf(whole);
    }
  }

  @Test
  void rangesOfAFileGiveEachLineOnce() throws IOException {
    int size = (int) (3 * FileSplitPlanner.RANGE);
    String padding = "x".repeat(5_000);
    StringBuilder text = new StringBuilder();
    int lines = 0;
    while (text.length() < size) {
      text.append("{\"Item\":{\"pk\":{\"S\":\"" + lines++ + "\"},\"x\":{\"S\":\"" + padding);
      text.append("\"}}}\n");
    }
    FileToRead file = file("big.json", Compression.NONE, text.toString());
    List<FileSplit> splits = FileSplitPlanner.plan(List.of(file), FORMAT.splitting(), 2, 0);
    assertThat(splits).hasSize(3);
    List<String> origins = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (FileSplit split : splits) {
      origins.addAll(origins(split));
      keys.addAll(keys(split));
    }
    assertThat(keys).hasSize(lines).doesNotHaveDuplicates();
    assertThat(origins).doesNotHaveDuplicates();
    assertThat(origins.stream().map(o -> o.replaceAll("@.*", "")).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("big.json", "big.json#16777216", "big.json#33554432");
  }

  private static List<String> keys(FileSplit split) throws IOException {
    List<String> keys = new ArrayList<>();
    try (FilePageReader reader = reader()) {
      reader.open(split);
      for (Optional<Page<FileSplit>> page = reader.nextPage();
          page.isPresent();
          page = reader.nextPage()) {
        for (int i = 0; i < page.get().size(); i++) {
          Item item = page.get().item(i);
          keys.add(item.jsonText().substring(0, 30));
        }
      }
    }
    return keys;
  }

  @ParameterizedTest
  @EnumSource
  void whatIsExpectedAndIsSoPassesAlsoOnResuming(Compression compression) throws Exception {
    FileToRead file = file("x", compression, lines("x", 0, 900));
    byte[] stored = Files.readAllBytes(folder.resolve("x"));
    String md5 =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(stored));
    FileSplit split =
        split(new FileToRead(file.object(), "x", compression, new Expectation(md5, 900)));
    assertThat(origins(split)).hasSize(900);
    try (FilePageReader reader = reader()) {
      reader.open(split);
      FileSplit half = reader.nextPage().orElseThrow().splitAfter(449);
      assertThat(origins(half)).hasSize(450);
    }
  }

  @Test
  void aFileWithAnotherChecksumOrCountFailsTheRunAndIsNamed() throws IOException {
    assertMismatch(
        new Expectation("AAAAAAAAAAAAAAAAAAAAAA==", -1), "has the MD5 .*, not the AAAA.* expected");
    assertMismatch(new Expectation(null, 11), "holds 10 records, not the 11 expected");
    assertMismatch(new Expectation(null, 0), "holds 10 records, not the 0 expected");
  }

  private void assertMismatch(Expectation expected, String message) throws IOException {
    FileSplit split = split(file("x.json.gz", Compression.GZIP, lines("x", 0, 10), expected));
    assertThatThrownBy(() -> origins(split))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE))
        .hasMessageMatching("file://.*/x.json.gz " + message);
  }

  @Test
  void aRejectedLineCountsAsARecord() throws IOException {
    FileSplit split =
        split(
            file(
                "x",
                Compression.NONE,
                lines("x", 0, 2) + "broken\n" + lines("x", 2, 3),
                new Expectation(null, 4)));
    assertThat(origins(split)).containsExactly("x@1", "x@2", "x@3", "x@4");
  }

  @Test
  void aCutFileFailsTheRunAndIsNamed() throws IOException {
    FileToRead file = file("x.gz", Compression.GZIP, lines("x", 0, 5000));
    Path path = folder.resolve("x.gz");
    byte[] stored = Files.readAllBytes(path);
    Files.write(path, java.util.Arrays.copyOf(stored, stored.length - 9));
    StoredObject cut = Storage.of(StorageConfig.LOCAL).find(path.toString()).orElseThrow();
    FileSplit split = split(FileToRead.of(cut));
    assertThat(file.object().size()).isGreaterThan(cut.size());
    assertThatThrownBy(() -> origins(split))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining(path + " cannot be decompressed (gzip)");
  }

  /** Finds files, and fails to give any of them out. */
  private record Unreachable(Storage found) implements Storage {
    @Override
    public List<StoredObject> list(String path) throws IOException {
      return found.list(path);
    }

    @Override
    public Optional<StoredObject> find(String uri) throws IOException {
      return found.find(uri);
    }

    @Override
    public InputStream open(StoredObject object, long offset) throws IOException {
      throw new IOException("Reading " + object.name() + " failed 9 times");
    }

    @Override
    public void close() {
      found.close();
    }
  }

  @Test
  void filesThatCannotBeReachedAreAnOutageOfTheSource() throws IOException {
    FileSplit split = split(file("x", Compression.NONE, lines("x", 0, 5)));
    try (FilePageReader reader =
        new FilePageReader(() -> new Unreachable(Storage.of(StorageConfig.LOCAL)), FORMAT)) {
      reader.open(split);
      assertThatThrownBy(reader::nextPage)
          .isInstanceOfSatisfying(
              OutageException.class,
              e -> assertThat(e.lasting().code()).isEqualTo(ErrorCode.SOURCE))
          .hasMessage("Reading x failed 9 times");
    }
  }

  @Test
  void splittingIsTheFormats() {
    assertThat(FORMAT.splitting()).isEqualTo(Splitting.AT_ANY_BYTE);
  }
}
