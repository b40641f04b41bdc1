package io.dynaload.source.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.source.bounded.Page;
import io.dynaload.source.format.CsvOptions;
import io.dynaload.source.format.FilePart;
import io.dynaload.source.format.Formats;
import io.dynaload.source.format.RecordFormat;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Big files: of 1 GB, decompressed, in as little memory as any other; and of CSV, in parts. */
class BigFileITCase {
  private static final long SIZE = 1_000_000_000;

  @TempDir private Path folder;

  @Test
  @Timeout(240)
  void memoryStaysFlatHoweverBigAFileIs() throws Exception {
    long lines = write(folder.resolve("big.json.gz"));
    StoredObject object =
        Storage.of(StorageConfig.LOCAL).find(folder + "/big.json.gz").orElseThrow();
    FileToRead file = FileToRead.of(object);
    FileSplit split =
        new FileSplit("files-0", List.of(SplitPart.unread(file, FilePart.whole(file.unit()))));
    long items = 0;
    long most = 0;
    int samples = 0;
    try (FilePageReader reader =
        new FilePageReader(StorageConfig.LOCAL, Formats.dynamoDbExport())) {
      reader.open(split);
      // What other tests have left may go meanwhile, so it is compared with the least so far.
      long least = liveBytes();
      int pages = 0;
      for (Optional<Page<FileSplit>> page = reader.nextPage();
          page.isPresent();
          page = reader.nextPage()) {
        items += page.get().size();
        if (++pages % 500 == 0) {
          long live = liveBytes();
          most = Math.max(most, live - least);
          least = Math.min(least, live);
          samples++;
        }
      }
    }
    assertThat(items).isEqualTo(lines);
    assertThat(samples).isGreaterThan(5);
    assertThat(most).as("bytes more than before").isLessThan(8 << 20);
  }

  @Test
  @Timeout(120)
  void aBigFileOfCsvIsReadInPartsThoughItsValuesHoldLineEnds() throws Exception {
    Path path = folder.resolve("big.csv");
    long rows = 0;
    try (BufferedWriter out = Files.newBufferedWriter(path)) {
      out.write("id,note\n");
      for (long size = 0; size < 70 << 20; rows++) {
        // What stands in the quotes looks like rows.
        String row = rows + ",\"" + "x,y\n".repeat((int) (rows % 500)) + "\"\n";
        out.write(row);
        size += row.length();
      }
    }
    StoredObject object = Storage.of(StorageConfig.LOCAL).find(path.toString()).orElseThrow();
    RecordFormat format = Formats.csv(CsvOptions.DEFAULTS);
    List<FileSplit> splits =
        FileSplitPlanner.plan(List.of(FileToRead.of(object)), format.splitting(), 2, 0);
    assertThat(splits.stream().flatMap(FileSplit::cutFiles)).hasSize(4);
    BitSet seen = new BitSet();
    long items = 0;
    try (FilePageReader reader = new FilePageReader(StorageConfig.LOCAL, format)) {
      for (FileSplit split : splits) {
        reader.open(split);
        for (Optional<Page<FileSplit>> page = reader.nextPage();
            page.isPresent();
            page = reader.nextPage()) {
          for (int i = 0; i < page.get().size(); i++, items++) {
            String json = page.get().item(i).jsonText();
            int id = Integer.parseInt(json.substring(12, json.indexOf('"', 12)));
            assertThat(json).endsWith(",\"note\":{\"S\":\"" + "x,y\\n".repeat(id % 500) + "\"}}");
            seen.set(id);
          }
        }
      }
    }
    assertThat(items).isEqualTo(rows).isEqualTo(seen.cardinality());
  }

  /** What is left after a collection of garbage. */
  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static long write(Path file) throws IOException {
    String note = "an order of no particular kind, ".repeat(18);
    long lines = 0;
    long size = 0;
    try (OutputStream out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file), 64 << 10))) {
      while (size < SIZE) {
        byte[] line =
            ("{\"Item\":{\"pk\":{\"S\":\"" + lines + "\"},\"note\":{\"S\":\"" + note + "\"}}}\n")
                .getBytes(StandardCharsets.UTF_8);
        out.write(line);
        size += line.length;
        lines++;
      }
    }
    return lines;
  }
}
