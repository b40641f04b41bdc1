package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CsvRowFinderTest {
  private static final RecordFormat CSV = Formats.csv(CsvOptions.DEFAULTS);

  /** The second look is of 256 bytes, and no row of these tests is longer. */
  private static final int LOOK = 16;

  /** Values that may well be taken for others, if one begins in their midst. */
  private static final String[] VALUES = {
    "1",
    "",
    "\"\"",
    "\"a\"",
    "\"a\nb\"",
    "\"\n\n\"",
    "\",\"",
    "\"\"\"\"",
    "\"x\"\",\"\"\n\"",
    "5\" pipe",
    "\"b,\"\"c\"\"\r\n\"",
    "\"bad\"x",
    "\r",
    "é",
    "\"\"\",\"",
    "\",\n,\""
  };

  private static byte[] file(Random random) {
    StringBuilder file = new StringBuilder(random.nextBoolean() ? "a,b\n" : "\ufeff\"a\n\",b\r\n");
    // Few kinds of values a file, so that some have nothing that would tell their quotes apart.
    int kinds = 1 + random.nextInt(4);
    String[] some = new String[kinds];
    for (int i = 0; i < kinds; i++) {
      some[i] = VALUES[random.nextInt(VALUES.length)];
    }
    for (int rows = random.nextInt(200); rows >= 0; rows--) {
      file.append(some[random.nextInt(kinds)]).append(',').append(some[random.nextInt(kinds)]);
      file.append(random.nextInt(4) == 0 ? "\r\n" : "\n");
    }
    return Reading.bytes(file + (random.nextBoolean() ? "" : "9,9"));
  }

  /** Where the rows of a file begin, from the first byte on; at last its end. */
  private static List<Long> starts(byte[] file) {
    CsvRows rows = new CsvRows(CsvOptions.DEFAULTS);
    int from = file[0] == (byte) 0xef ? 3 : 0;
    List<Long> starts = new ArrayList<>(List.of((long) from));
    for (int end = rows.endOfRow(file, from, file.length);
        end >= 0;
        end = rows.endOfRow(file, end + 1, file.length)) {
      starts.add(end + 1L);
      rows.begin();
    }
    starts.add((long) file.length);
    return starts;
  }

  @Test
  void theFirstRowBehindAnyByteIsFound() throws IOException {
    Random random = new Random(1);
    CsvRowFinder finder = new CsvRowFinder(CsvOptions.DEFAULTS, LOOK);
    AtomicLong inTheMidst = new AtomicLong();
    for (int i = 0; i < 300; i++) {
      byte[] file = file(random);
      List<Long> starts = starts(file);
      FileBytes bytes =
          offset -> {
            inTheMidst.addAndGet(offset > 0 ? 1 : 0);
            return new ByteArrayInputStream(file, (int) offset, file.length - (int) offset);
          };
      for (int at = 0; at <= file.length; at += 1 + random.nextInt(5)) {
        long wanted = at;
        long first = starts.stream().filter(start -> start >= wanted).findFirst().orElseThrow();
        try (ByteWindow window = finder.open(bytes, at)) {
          assertThat(window.offset()).as("file %d, byte %d", i, at).isEqualTo(first);
        }
      }
    }
    assertThat(inTheMidst.get()).isGreaterThan(10_000);
  }

  @Test
  void aFileIsReadInPartsWhereverItIsCutThoughValuesHoldLineEnds() throws Exception {
    byte[] file =
        Reading.bytes("\ufeffid,\"x\n\"\n1,\"a\nb\"\n\n2,\"5,\"\"6\n\"\r\n3,\"c\n4,d\"\n5,6");
    List<String> whole = Reading.items(CSV, file).stream().map(Item::jsonText).toList();
    assertThat(whole).hasSize(4);
    assertThat(CSV.splitting()).isEqualTo(RecordFormat.Splitting.AT_ANY_BYTE);

    for (int cut = 0; cut <= file.length; cut++) {
      List<Item> items = new ArrayList<>();
      items.addAll(Reading.items(CSV, file, FilePart.between("a", 0, cut)));
      items.addAll(Reading.items(CSV, file, FilePart.between("b", cut, file.length)));
      assertThat(items.stream().map(Item::jsonText)).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void itLooksBackNoFurtherThanItTakes() throws Exception {
    byte[] file = Reading.bytes("id,x\n" + "12345,\"some text\"\n".repeat(200_000));
    int cut = 2_000_000;
    List<Long> opened = new ArrayList<>();
    FileBytes bytes =
        offset -> {
          opened.add(offset);
          return new ByteArrayInputStream(file, (int) offset, file.length - (int) offset);
        };
    new CsvRowFinder(CsvOptions.DEFAULTS).open(bytes, cut).close();
    assertThat(opened).containsExactly(cut - 1L - (64 << 10));
  }

  @Test
  void whereNoQuoteTellsARowThatWouldBeTooLongIsNone() throws Exception {
    byte[] file = Reading.bytes("id,x\n" + "12345,67890\n".repeat(200_000));
    try (RecordCursor cursor =
        CSV.open(
            offset -> new ByteArrayInputStream(file, (int) offset, file.length - (int) offset),
            FilePart.between("b", 2_000_000, file.length))) {
      Item item = cursor.next();
      assertThat(item).isNotNull().extracting(Item::isRejected).isEqualTo(false);
    }
  }

  @Test
  void aRowThatIsLongerAndHoldsACutFailsTheRun() throws Exception {
    String lines = "12345,67890\n".repeat(200_000);
    byte[] file = Reading.bytes("id,x\n1,\"" + lines + "\"\n2,3\n");
    int cut = 2_000_000;
    assertThatThrownBy(() -> Reading.items(CSV, file, FilePart.between("big.csv", 0, cut)))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE))
        .hasMessage(
            "big.csv: a row with a line end in quotes has more than 1048576 bytes, and lies where"
                + " the file is cut (byte 2000000), so what is behind was not read right");
  }
}
