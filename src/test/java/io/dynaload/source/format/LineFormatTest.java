package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineFormatTest {
  /** The line itself as the item's bytes; lines with # hold none, lines with ! are refused. */
  private static final RecordFormat ECHO = new LineFormat(() -> LineFormatTest::echo);

  private static @Nullable Item echo(byte[] bytes, int offset, int length, Origin origin)
      throws InvalidItemException {
    switch (bytes[offset]) {
      case '#':
        return null;
      case '!':
        throw new InvalidItemException(Reason.NUMBER, "no number");
      case '?':
        throw new IllegalStateException("a secret value");
      default:
        return Item.put(Arrays.copyOfRange(bytes, offset, offset + length), length, 7, origin);
    }
  }

  private static List<String> texts(List<Item> items) {
    return items.stream().map(item -> item.origin().position() + ":" + item.jsonText()).toList();
  }

  @Test
  void everyLineIsARecordWithItsNumber() throws Exception {
    assertThat(texts(Reading.items(ECHO, "a\nbc\r\n\n  \t\n#no\nd")))
        .containsExactly("1:a", "2:bc", "6:d");
    assertThat(Reading.items(ECHO, "")).isEmpty();
    assertThat(Reading.items(ECHO, "\n\n")).isEmpty();
  }

  @Test
  void zerosThatACrashLeftInPlaceOfALineAreNoBlankLine() throws Exception {
    assertThat(texts(Reading.items(ECHO, "a\n\0\0\0\nb\n")))
        .containsExactly("1:a", "2:\0\0\0", "3:b");
  }

  @Test
  void theMarkAtTheBeginningOfAFileIsLeftOut() throws Exception {
    assertThat(texts(Reading.items(ECHO, "\ufeffa\n\ufeffb\n")))
        .containsExactly("1:a", "2:\ufeffb");
  }

  @Test
  void aRefusedLineIsARejectedItemWithTheLineItself() throws Exception {
    Item item = Reading.items(ECHO, "a\n!x\r\nb\n").get(1);

    assertThat(item.kind()).isEqualTo(Item.Kind.REJECTED);
    assertThat(item.jsonText()).isEqualTo("!x");
    assertThat(item.origin()).isEqualTo(new Origin(Reading.FILE, 2));
    assertThat(item.rejection().code()).isEqualTo("NUMBER");
    assertThat(item.rejection().reason()).isEqualTo("no number");
    assertThat(item.rejection().stage()).isEqualTo(Stage.SOURCE);
    assertThat(item.rejection().form()).isEqualTo(Form.RAW);
  }

  @Test
  void whateverADecoderThrowsRejectsTheLineAndKeepsItsMessageToItself() throws Exception {
    Item item = Reading.item(ECHO, "?");

    assertThat(item.rejection().code()).isEqualTo("MALFORMED");
    assertThat(item.rejection().reason())
        .isEqualTo("the decoder failed with java.lang.IllegalStateException");
  }

  @Test
  void partsGiveEveryLineOnceWhereverTheyAreCut() throws Exception {
    byte[] bytes = Reading.bytes("\na\n\nbcd\n#\n\n\nefg\r\nh\n\n");
    List<String> whole = Reading.items(ECHO, bytes).stream().map(Item::jsonText).toList();
    for (int cut = 0; cut <= bytes.length; cut++) {
      for (int second = cut; second <= bytes.length; second++) {
        List<Item> items = new ArrayList<>();
        items.addAll(Reading.items(ECHO, bytes, FilePart.between("a", 0, cut)));
        items.addAll(Reading.items(ECHO, bytes, FilePart.between("b", cut, second)));
        items.addAll(Reading.items(ECHO, bytes, FilePart.between("c", second, bytes.length)));
        assertThat(items.stream().map(Item::jsonText).toList())
            .as("cut at %d and %d", cut, second)
            .isEqualTo(whole);
      }
    }
  }

  @Test
  void readingGoesOnFromEveryRecord() throws Exception {
    byte[] bytes = randomLines(new Random(3), 300);

    assertThat(Reading.Shown.of(Reading.itemsWithInterruptions(ECHO, bytes)))
        .isEqualTo(Reading.Shown.of(Reading.items(ECHO, bytes)));
  }

  @Test
  void linesOfAllLengthsAreFound() throws Exception {
    Random random = new Random(4);
    byte[] bytes = randomLines(random, 3_000);
    List<String> lines = new ArrayList<>();
    int number = 1;
    for (String line : new String(bytes, java.nio.charset.StandardCharsets.UTF_8).split("\n")) {
      if (!line.isBlank()) {
        lines.add(number + ":" + line);
      }
      number++;
    }

    assertThat(texts(Reading.items(ECHO, bytes))).isEqualTo(lines);
  }

  private static byte[] randomLines(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int length = random.nextInt(50) == 0 ? random.nextInt(300_000) : random.nextInt(20);
      text.append("x".repeat(length)).append('\n');
    }
    return Reading.bytes(text.toString());
  }

  @Test
  void aLineThatIsTooLongIsRejectedWithItsBeginningAndTheNextOneIsRead() throws Exception {
    byte[] longest = new byte[Records.MAX_LENGTH];
    Arrays.fill(longest, (byte) 'x');
    byte[] tooLong = new byte[Records.MAX_LENGTH + 1];
    Arrays.fill(tooLong, (byte) 'y');
    List<Item> items = new ArrayList<>();
    InputStream in =
        new SequenceInputStream(
            java.util.Collections.enumeration(
                List.of(
                    new ByteArrayInputStream(longest),
                    new ByteArrayInputStream(Reading.bytes("\n")),
                    new ByteArrayInputStream(tooLong),
                    new ByteArrayInputStream(tooLong),
                    new ByteArrayInputStream(Reading.bytes("\nz")))));
    try (RecordCursor cursor = ECHO.open(offset -> in, FilePart.whole("f"))) {
      for (Item item = cursor.next(); item != null; item = cursor.next()) {
        items.add(item);
      }
    }

    assertThat(items).hasSize(3);
    assertThat(items.get(0).json()).hasSize(Records.MAX_LENGTH);
    assertThat(items.get(1).rejection().code()).isEqualTo("TOO_LARGE");
    assertThat(items.get(1).json()).hasSize(Records.MAX_KEPT).containsOnly('y');
    assertThat(items.get(1).rejection().reason())
        .isEqualTo(
            "the record has more than 16777216 bytes;"
                + " of the record, the first 524288 bytes are kept");
    assertThat(texts(items.subList(2, 3))).containsExactly("3:z");
  }

  @Test
  void aFileThatIsCutShortIsNoEnd() throws Exception {
    InputStream cut =
        new InputStream() {
          @Override
          public int read() throws java.io.IOException {
            throw new EOFException("Unexpected end of ZLIB input stream");
          }
        };
    InputStream in = new SequenceInputStream(new ByteArrayInputStream(Reading.bytes("a\nb")), cut);
    try (RecordCursor cursor = ECHO.open(offset -> in, FilePart.whole("f"))) {
      assertThat(cursor.next()).isNotNull();
      assertThatThrownBy(cursor::next).isInstanceOf(EOFException.class);
    }
  }
}
