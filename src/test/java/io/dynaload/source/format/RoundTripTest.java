package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import io.dynaload.item.ItemView;
import io.dynaload.item.Origin;
import io.dynaload.item.RandomItems;
import io.dynaload.item.Value;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Items of every type are written in each layout, by writers of the tests' own, and read again. */
class RoundTripTest {
  record Layout(String name, RecordFormat format, Written.Writer writer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Layout> layouts() {
    return Stream.of(
        new Layout("full", Formats.dynamoDbExport(), Written::full),
        new Layout("incremental", Formats.dynamoDbExport(), Written::incremental),
        new Layout("Item", Formats.dynamoDbJson(), Written::full),
        new Layout("bare", Formats.dynamoDbJson(), Written::bare),
        new Layout("legacy v3", Formats.legacyExport(), Written::legacy),
        new Layout("legacy oldest", Formats.legacyExport(), Written::oldest),
        new Layout("Ion export", Formats.ionExport(), Written::ionExport),
        new Layout("Ion incremental", Formats.ionExport(), Written::ionIncremental),
        new Layout("Ion lines", Formats.ion(), Written::ionBare),
        new Layout("Ion, pretty", Formats.ion(), Written::ionPretty));
  }

  static List<Map<String, Value>> items() {
    RandomItems random = new RandomItems(11);
    List<Map<String, Value>> items = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      items.add(random.next(Map.of("pk", new Value.S("k" + i), "sk", random.binary())));
    }
    for (int i = 0; i < 20; i++) {
      items.add(Map.of("pk", new Value.S("deep" + i), "deep", random.deepest()));
    }
    Map<String, Value> edges = new LinkedHashMap<>();
    edges.put("pk", new Value.B(new byte[] {-1, 0, 1}));
    edges.put("most", new Value.N("12345678901234567890123456789012345678"));
    edges.put("least", new Value.N("1E-130"));
    edges.put("greatest", new Value.N("9.9999999999999999999999999999999999999E+125"));
    edges.put("negative", new Value.N("-1E-130"));
    edges.put("empty", new Value.S(""));
    edges.put("none", new Value.B(new byte[0]));
    edges.put("emoji", new Value.S("😀 \u0000\u001f"));
    edges.put("Item", new Value.M(Map.of("Item", new Value.S("x"), "S", new Value.S("S"))));
    items.add(edges);
    return items;
  }

  /** Names of several lines cannot have been exported in the oldest layout. */
  private static List<Map<String, Value>> items(Layout layout) {
    return items().stream()
        .filter(
            item -> !layout.name().contains("oldest") || !item.keySet().toString().contains("\n"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyItemIsReadAsItWasWritten(Layout layout) throws Exception {
    List<Map<String, Value>> items = items(layout);
    byte[] file = file(layout, items);

    List<Item> read = Reading.items(layout.format(), file);

    assertThat(read).hasSameSizeAs(items);
    for (int i = 0; i < items.size(); i++) {
      Item expected = RandomItems.encode(items.get(i));
      Item item = read.get(i);
      assertThat(item.isRejected() ? item.rejection() : null).as("item %d", i).isNull();
      assertThat(new ItemView(item).isSameAs(new ItemView(expected))).as("item %d", i).isTrue();
      assertThat(item.kind()).isEqualTo(Item.Kind.PUT);
      assertThat(item.size()).as("size of item %d", i).isEqualTo(expected.size());
    }
    if (!layout.name().contains("pretty")) {
      assertThat(read.get(7).origin()).isEqualTo(new Origin(Reading.FILE, 8));
    }
    if (layout.name().contains("incremental")) {
      assertThat(read.get(7).writeTimestampMicros()).isEqualTo(Written.MICROS);
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void readingGoesOnFromEveryItem(Layout layout) throws Exception {
    byte[] file = file(layout, items(layout));

    assertThat(Reading.Shown.of(Reading.itemsWithInterruptions(layout.format(), file)))
        .isEqualTo(Reading.Shown.of(Reading.items(layout.format(), file)));
  }

  private static byte[] file(Layout layout, List<Map<String, Value>> items) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (Map<String, Value> item : items) {
      file.write(Reading.bytes(layout.writer().write(item)));
      file.write('\n');
    }
    return file.toByteArray();
  }
}
