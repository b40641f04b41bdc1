package io.dynaload.source.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.deadletter.DeadLetterWriter;
import io.dynaload.deadletter.RunLetters;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.Item.Kind;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LetterReaderTest {
  private static final Set<Stage> ALL = EnumSet.allOf(Stage.class);

  /** An item for each reason; whether a key is right is known at the sink only. */
  private static final Map<Reason, String> BAD = new EnumMap<>(Reason.class);

  static {
    String a = "{\"a\":";
    BAD.put(Reason.MALFORMED, a + "{\"JSON\":\"{}\"}}");
    BAD.put(Reason.NUMBER, a + "{\"N\":\"NaN\"}}");
    BAD.put(Reason.EMPTY_SET, a + "{\"SS\":[]}}");
    BAD.put(Reason.DUPLICATE_IN_SET, a + "{\"NS\":[\"1\",\"1.0\"]}}");
    BAD.put(Reason.DUPLICATE_ATTRIBUTE, "{\"a\":{\"S\":\"\"},\"a\":{\"S\":\"\"}}");
    BAD.put(Reason.TOO_DEEP, a + "{\"L\":[".repeat(32) + "]}".repeat(32) + "}");
    BAD.put(Reason.TOO_LARGE, a + "{\"S\":\"" + "x".repeat(410_000) + "\"}}");
    BAD.put(Reason.UNSUPPORTED_VALUE, a + "{\"S\":\"\\ud800\"}}");
  }

  @TempDir private Path folder;
  private final List<String> files = new ArrayList<>();
  private RunLetters run = new RunLetters("", "");

  @BeforeEach
  void nameTheFolder() {
    run = new RunLetters(folder.toUri() + "run", "first");
  }

  private static Item item(long position, String json) {
    return Item.put(
        json.getBytes(UTF_8), 0, Item.NO_WRITE_TIMESTAMP, new Origin("t/split-0", position));
  }

  /** Writes a file. */
  private void write(Instant time, Item... rejected) throws IOException {
    try (DeadLetterWriter writer =
        new DeadLetterWriter(run, 0, files.size(), InstantSource.fixed(time))) {
      for (Item item : rejected) {
        writer.write(item);
      }
    }
    files.add(run.folder() + "/0-" + files.size() + "-0.jsonl");
  }

  private List<Item> read(Set<Stage> stages, LetterSplit from) throws Exception {
    List<Item> items = new ArrayList<>();
    try (PageReader<LetterSplit> reader = new LetterConnector(files, stages).reader()) {
      reader.open(from);
      LetterSplit position = from;
      Optional<Page<LetterSplit>> page = reader.nextPage();
      while (page.isPresent()) {
        for (int i = 0; i < page.get().size(); i++) {
          items.add(page.get().item(i));
          assertThat(page.get().splitAfter(i).letters()).isEqualTo(position.letters() + 1);
          position = page.get().splitAfter(i);
        }
        page = reader.nextPage();
      }
    }
    return items;
  }

  private List<Item> read() throws Exception {
    return read(ALL, new LetterSplit(0));
  }

  static Stream<Reason> reasonsOfItems() {
    return Stream.of(Reason.values()).filter(reason -> !reason.name().startsWith("KEY_"));
  }

  @ParameterizedTest
  @MethodSource("reasonsOfItems")
  void aLetterThatWasNotMendedStaysRejectedByItsStage(Reason reason) throws Exception {
    String json = BAD.get(reason);
    assertThat(json).as("an item for %s", reason).isNotNull();
    write(Instant.EPOCH, item(7, String.valueOf(json)).rejected(Stage.TRANSFORM, "OLD", "old"));

    Item item = read().get(0);

    assertThat(item.kind()).isEqualTo(Kind.REJECTED);
    assertThat(item.jsonText()).isEqualTo(json);
    assertThat(item.origin()).isEqualTo(new Origin("first/t/split-0", 7));
    assertThat(item.rejection().code()).isEqualTo(reason.name());
    assertThat(item.rejection().stage()).isEqualTo(Stage.TRANSFORM);
    assertThat(item.rejection().reason()).isNotEqualTo("old");
  }

  @Test
  void aMendedLetterIsThePutOrDeleteThatItWas() throws Exception {
    byte[] key = "{\"k\":{\"N\":\"NaN\"}}".getBytes(UTF_8);
    write(
        Instant.EPOCH,
        Item.put("{\"k\":{\"N\":\"NaN\"}}".getBytes(UTF_8), 0, 5, new Origin("t", 1))
            .rejected(Stage.SOURCE, "NUMBER", ""),
        Item.delete(key, 0, 6, new Origin("t", 2)).rejected(Stage.SINK, "NUMBER", ""));
    Path file = folder.resolve("run/0-0-0.jsonl");
    Files.writeString(file, Files.readString(file).replace("NaN", "12"));

    List<Item> items = read();

    assertThat(items).extracting(Item::kind).containsExactly(Kind.PUT, Kind.DELETE);
    assertThat(items).extracting(Item::jsonText).containsOnly("{\"k\":{\"N\":\"12\"}}");
    assertThat(items).extracting(Item::size).containsOnly(3);
    assertThat(items).extracting(Item::writeTimestampMicros).containsExactly(5L, 6L);
  }

  @Test
  void whatTheSourceCouldNotReadStaysAsItIs() throws Exception {
    Rejection rejection = new Rejection(Stage.SOURCE, Form.RAW, "MALFORMED", "at byte 3");
    write(
        Instant.EPOCH, Item.rejected("a,b".getBytes(UTF_8), 1, new Origin("x.csv", 3), rejection));
    Item item = read().get(0);
    assertThat(item.rejection()).isEqualTo(rejection);
    assertThat(item.jsonText()).isEqualTo("a,b");
  }

  private static Item letter(long position, String text) {
    return item(position, "{\"a\":{\"S\":\"" + text + "\"}}").rejected(Stage.SINK, "C", "");
  }

  private static List<String> texts(List<Item> items) {
    return items.stream().map(item -> item.jsonText().replaceAll(".*\"S\":\"|\"}}", "")).toList();
  }

  @Test
  void ofAnIdThatStandsTwiceTheNewestLetterCounts() throws Exception {
    write(Instant.ofEpochSecond(2), letter(1, "1 at 2"), letter(2, "2 at 2"), letter(4, "4"));
    write(Instant.ofEpochSecond(3), letter(1, "1 at 3"), letter(3, "3 at 3"));
    write(Instant.ofEpochSecond(1), letter(1, "1 at 1"), letter(3, "3 at 1"));
    write(Instant.ofEpochSecond(2), letter(2, "2 at 2, too"));

    assertThat(texts(read())).containsExactly("1 at 3", "2 at 2, too", "3 at 3", "4");
  }

  /** Else the older of two versions of a key could be written last. */
  @Test
  void lettersOfAPartOfTheSourceComeInItsOrderWhoeverRejectedThem() throws Exception {
    for (int subtask = 0; subtask < 70; subtask++) { // more than are kept open
      write(Instant.EPOCH, letter(subtask, "" + subtask), letter(100 + subtask, "late " + subtask));
    }
    Collections.shuffle(files, new Random(1));
    List<String> inOrder = new ArrayList<>();
    for (String prefix : List.of("", "late ")) {
      for (int subtask = 0; subtask < 70; subtask++) {
        inOrder.add(prefix + subtask);
      }
    }
    assertThat(texts(read())).isEqualTo(inOrder);
  }

  @Test
  void lettersOfALaterRunComeLater() throws Exception {
    write(Instant.ofEpochSecond(9), letter(5, "first run, 5"));
    run = new RunLetters(folder.toUri() + "second", "first");
    write(Instant.ofEpochSecond(1), letter(3, "second run, 3"));
    assertThat(texts(read())).containsExactly("first run, 5", "second run, 3");
  }

  @Test
  void readingGoesOnBehindAnyLetter() throws Exception {
    for (int file = 0; file < 3; file++) {
      write(Instant.EPOCH, letter(file, "a" + file), letter(10 + file, "b" + file), letter(0, "x"));
    }
    List<String> whole = texts(read());
    assertThat(whole).hasSize(6);
    for (int letters = 0; letters <= whole.size(); letters++) {
      assertThat(texts(read(ALL, new LetterSplit(letters))))
          .isEqualTo(whole.subList(letters, whole.size()));
    }
  }

  @Test
  void onlyTheLettersOfTheStagesAreRead() throws Exception {
    write(
        Instant.EPOCH,
        item(1, "{}").rejected(Stage.SOURCE, "C", ""),
        item(2, "{}").rejected(Stage.TRANSFORM, "C", ""),
        item(3, "{}").rejected(Stage.SINK, "C", ""));
    assertThat(read(EnumSet.of(Stage.SINK), new LetterSplit(0)))
        .extracting(item -> item.origin().position())
        .containsExactly(3L);
    assertThat(read(EnumSet.of(Stage.SOURCE, Stage.TRANSFORM), new LetterSplit(0)))
        .extracting(item -> item.origin().position())
        .containsExactly(1L, 2L);
  }

  @Test
  void aPageIsBoundedInBytes() throws Exception {
    String text = "x".repeat(300_000);
    write(
        Instant.EPOCH,
        letter(1, text),
        letter(2, text),
        letter(3, text),
        letter(4, text),
        letter(5, text));
    try (PageReader<LetterSplit> reader = new LetterConnector(files, ALL).reader()) {
      reader.open(new LetterSplit(0));
      assertThat(reader.nextPage().orElseThrow().size()).isEqualTo(4);
      assertThat(reader.nextPage().orElseThrow().size()).isEqualTo(1);
      assertThat(reader.nextPage()).isEmpty();
    }
  }

  @Test
  void aSplitIsWrittenAsItAlwaysWas() throws Exception {
    LetterSplitSerializer serializer = new LetterSplitSerializer();
    byte[] bytes = {0, 0, 0, 0, 0, 0, 1, 2};
    assertThat(serializer.serialize(new LetterSplit(258))).isEqualTo(bytes);
    assertThat(serializer.deserialize(1, bytes)).isEqualTo(new LetterSplit(258));
    assertThatThrownBy(() -> serializer.deserialize(2, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }
}
