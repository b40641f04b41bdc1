package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemView;
import io.dynaload.item.RandomItems;
import io.dynaload.item.Value;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mutated lines: each is decoded as an oracle that knows nothing of the decoder decodes it, or
 * rejected, with its number and its bytes, just if the oracle finds it invalid.
 */
class FuzzTest {
  private static final int LINES = 10_000;
  private static final String MARKS = "{}[]\",:\\'$0e.-/ S\r\u0002\u0003";

  /** What may be left out without a word: white space; in Ion, comments and versions as well. */
  private static final String NOTHING = "(?s)[\\x00- ]*|\\$ion_1_0.*|/.*";

  private static final Duration LONGEST = Duration.ofMinutes(2);

  interface Meaning {
    @Nullable Item of(String line);
  }

  record Subject(String name, RecordFormat format, Written.Writer writer, Meaning oracle) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Subject> linesOfTheirOwn() {
    CsvOptions csv =
        new CsvOptions(
            CsvOracle.COLUMNS,
            CsvOptions.Dialect.RFC_4180,
            "",
            Map.of("n", CsvOptions.Type.N),
            false);
    return Stream.of(
        new Subject("full export", Formats.dynamoDbExport(), Written::full, Oracle::fullExport),
        new Subject("dynamodb-json", Formats.dynamoDbJson(), Written::bare, Oracle::bare),
        new Subject("wrapped", Formats.dynamoDbJson(), Written::full, Oracle::bare),
        new Subject("legacy v3", Formats.legacyExport(), Written::legacy, Oracle::legacy),
        new Subject("oldest", Formats.legacyExport(), Written::oldest, Oracle::legacy),
        new Subject("json", Formats.json(), Written::plain, Oracle::plain),
        new Subject("csv", Formats.csv(csv), FuzzTest::row, CsvOracle::row),
        new Subject("Ion", Formats.ionExport(), Written::ionExport, IonOracle::fullExport));
  }

  private static String row(Map<String, Value> item) {
    int hash = item.hashCode();
    String text = String.valueOf(item.keySet()).replaceAll("[\r\n]", " ").replace("\"", "\"\"");
    return "k" + hash + "," + hash / 7.0 + ",\"" + text + "\"";
  }

  @ParameterizedTest
  @MethodSource("linesOfTheirOwn")
  void everyMutatedLineIsDecodedRightOrRejectedWithItsNumber(Subject subject) throws Exception {
    List<byte[]> lines = mutated(subject.writer(), new Random(42));
    byte[] file = joined(lines);
    List<Item> items =
        Assertions.assertTimeoutPreemptively(LONGEST, () -> Reading.items(subject.format(), file));

    Map<Long, Item> byLine = new LinkedHashMap<>();
    items.forEach(item -> assertThat(byLine.put(item.origin().position(), item)).isNull());
    int decoded = 0;
    int rejected = 0;
    for (int i = 0; i < lines.size(); i++) {
      byte[] line = withoutCarriage(lines.get(i));
      Item item = byLine.get(i + 1L);
      String text = text(line);
      Item expected = text == null ? null : subject.oracle().of(text);
      String place = "line " + (i + 1) + ": " + shown(text);
      if (item == null) {
        assertThat(expected).as(place).isNull();
        assertThat(new String(line, StandardCharsets.ISO_8859_1)).matches(NOTHING);
      } else if (item.isRejected()) {
        rejected++;
        assertThat(item.json()).as(place).isEqualTo(line);
        assertThat(item.rejection().reason()).isNotEmpty();
        assertThat(expected).as("%s is rejected: %s", place, item.rejection().reason()).isNull();
      } else if (expected == null) {
        throw new AssertionError("decoded, though it is not valid: " + place);
      } else {
        decoded++;
        assertThat(new ItemView(item).isSameAs(new ItemView(expected))).as(place).isTrue();
        assertThat(item.size()).as(place).isEqualTo(expected.size());
      }
    }
    assertThat(decoded).isGreaterThan(LINES / 20);
    assertThat(rejected).isGreaterThan(LINES / 20);
  }

  static Stream<Subject> recordsAcrossLines() {
    return Stream.of(
        new Subject("csv", Formats.csv(CsvOptions.DEFAULTS), FuzzTest::row, line -> null),
        new Subject("Ion", Formats.ion(), Written::ionBare, line -> null),
        new Subject("Ion, pretty", Formats.ion(), Written::ionPretty, line -> null),
        new Subject("Ion export", Formats.ion(), Written::ionExport, line -> null));
  }

  /** Where records may have several lines, a mutation may join what follows to one of them. */
  @ParameterizedTest
  @MethodSource("recordsAcrossLines")
  void mutatedFilesAreReadToTheirEndOrGivenUpByName(Subject subject) throws Exception {
    Random random = new Random(43);
    RandomItems items = new RandomItems(43);
    for (int file = 0; file < LINES / 20; file++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(Reading.bytes(subject.name().equals("csv") ? "a,b,c\n" : ""));
      for (int record = 0; record < 20; record++) {
        Map<String, Value> item = items.next(Map.of("pk", new Value.S("k" + record)));
        byte[] written = Reading.bytes(subject.writer().write(item));
        bytes.writeBytes(record == 10 ? mutation(written, random) : written);
        bytes.write('\n');
      }
      assertReadToTheEnd(subject, bytes.toByteArray());
    }
  }

  private static void assertReadToTheEnd(Subject subject, byte[] file) {
    assertThatNoException()
        .isThrownBy(
            () -> {
              List<Item> items =
                  Assertions.assertTimeoutPreemptively(
                      LONGEST, () -> Reading.items(subject.format(), file));
              assertThat(items.size()).isBetween(10, 200);
              assertThat(items.stream().limit(10).noneMatch(Item::isRejected)).isTrue();
              assertThat(items.stream().map(item -> item.origin().position()).distinct())
                  .hasSameSizeAs(items);
            });
  }

  @ParameterizedTest
  @MethodSource("binaryFiles")
  void mutatedBinaryFilesAreReadToTheirEndOrGivenUp(int seed) throws Exception {
    Random random = new Random(seed);
    for (int file = 0; file < LINES / 20; file++) {
      byte[] bytes = mutation(IonBinaryTest.file(20, random.nextInt()), random);
      try {
        for (Item item :
            Assertions.assertTimeoutPreemptively(
                LONGEST, () -> Reading.items(Formats.ion(), bytes))) {
          assertThat(item.origin().unit()).isEqualTo(Reading.FILE);
        }
      } catch (ImportException e) {
        assertThat(e).hasMessageStartingWith(Reading.FILE);
      }
    }
  }

  static Stream<Integer> binaryFiles() {
    return Stream.of(1, 2);
  }

  private static List<byte[]> mutated(Written.Writer writer, Random random) throws Exception {
    RandomItems items = new RandomItems(42);
    List<byte[]> lines = new ArrayList<>();
    while (lines.size() < LINES) {
      Map<String, Value> item = items.next(Map.of("pk", new Value.S("k" + lines.size())));
      byte[] line = Reading.bytes(writer.write(item).replace("\n", ""));
      byte[] mutation = random.nextInt(8) == 0 ? line : mutation(line, random);
      for (int i = 0; i < mutation.length; i++) {
        mutation[i] = mutation[i] == '\n' ? (byte) ' ' : mutation[i];
      }
      lines.add(mutation);
    }
    return lines;
  }

  /** One to three small changes. */
  static byte[] mutation(byte[] original, Random random) {
    byte[] bytes = original;
    for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 1; changes--) {
      int at = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, at + 1 + random.nextInt(6));
      switch (random.nextInt(6)) {
        case 0 -> {
          bytes = bytes.clone();
          bytes[at] = (byte) random.nextInt(256);
        }
        case 1 -> {
          bytes = bytes.clone();
          bytes[at] = (byte) MARKS.charAt(random.nextInt(MARKS.length()));
        }
        case 2 -> bytes = spliced(bytes, at, to, new byte[0]);
        case 3 -> bytes = spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
        case 4 -> {
          int other = random.nextInt(bytes.length);
          int otherEnd = Math.min(bytes.length, other + 1 + random.nextInt(30));
          bytes = spliced(bytes, at, to, Arrays.copyOfRange(bytes, other, otherEnd));
        }
        default -> bytes = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? at : bytes.length);
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] replacement) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(replacement);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  private static byte[] joined(List<byte[]> lines) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      file.writeBytes(line);
      file.write('\n');
    }
    return file.toByteArray();
  }

  private static byte[] withoutCarriage(byte[] line) {
    return line.length > 0 && line[line.length - 1] == '\r'
        ? Arrays.copyOf(line, line.length - 1)
        : line;
  }

  private static String shown(@Nullable String line) {
    StringBuilder shown = new StringBuilder();
    String.valueOf(line)
        .chars()
        .forEach(c -> shown.append(c >= ' ' && c < 127 ? (char) c : String.format("\\u%04x", c)));
    return shown.toString();
  }

  private static @Nullable String text(byte[] line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
