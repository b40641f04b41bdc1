package io.dynaload.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ItemSerializerTest {
  private static final List<Item> ITEMS =
      List.of(
          put("{\"pk\":{\"S\":\"a\"}}", 3, Item.NO_WRITE_TIMESTAMP, "readings/0", 0),
          put("{\"pk\":{\"S\":\"é\"}}", 4, 1_672_531_200_000_000L, "readings/0", 1),
          put("{\"pk\":{\"S\":\"" + "x".repeat(200) + "\"}}", 202, -1, "größe/用户", 300),
          Item.delete(bytes("{\"pk\":{\"N\":\"1\"}}"), 4, 0, new Origin("", Long.MAX_VALUE)),
          put("{}", 0, Item.NO_WRITE_TIMESTAMP, "readings/0", -1));

  /** One of each stage and form, between items that are not rejected. */
  private static final List<Item> REJECTED =
      List.of(
          put("{}", 0, Item.NO_WRITE_TIMESTAMP, "readings/0", 0),
          put("{\"n\":{\"N\":\"NaN\"}}", 4, 5, "readings/0", 1)
              .rejected(Stage.SOURCE, "UNSUPPORTED_VALUE", "attribute n: größe"),
          Item.delete(bytes("{}"), 0, Item.NO_WRITE_TIMESTAMP, new Origin("", 2))
              .rejected(Stage.SINK, "KEY_MISSING", "the item lacks the key attribute pk"),
          Item.rejected(
              bytes("a,b\u0000"),
              Item.NO_WRITE_TIMESTAMP,
              new Origin("file.csv", 300),
              new Rejection(Stage.TRANSFORM, Form.RAW, "MALFORMED", "")),
          put("{}", 0, Item.NO_WRITE_TIMESTAMP, "readings/0", 3));

  @Test
  void versionOneIsWrittenAsItAlwaysWas() throws Exception {
    assertThat(serialize(ITEMS)).isEqualTo(golden("item-v1.bin"));
  }

  @Test
  void versionOneIsReadAsItAlwaysWas() throws Exception {
    assertSame(deserialize(golden("item-v1.bin"), ITEMS.size()), ITEMS);
  }

  @Test
  void rejectedItemsOfVersionOneAreWrittenAndReadAsTheyAlwaysWere() throws Exception {
    assertThat(serialize(REJECTED)).isEqualTo(golden("item-rejected-v1.bin"));
    assertSame(deserialize(golden("item-rejected-v1.bin"), REJECTED.size()), REJECTED);
  }

  @Test
  void theSnapshotOfVersionOneRestoresASerializer() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, new ItemSerializerSnapshot());
    assertThat(out.getCopyOfBuffer()).isEqualTo(golden("item-serializer-v1.bin"));

    DataInputDeserializer in = new DataInputDeserializer(golden("item-serializer-v1.bin"));
    TypeSerializerSnapshot<Item> read =
        TypeSerializerSnapshot.readVersionedSnapshot(in, getClass().getClassLoader());
    assertThat(read.restoreSerializer()).isEqualTo(new ItemSerializer());
    assertThat(new ItemSerializerSnapshot().resolveSchemaCompatibility(read).isCompatibleAsIs())
        .isTrue();
  }

  @Test
  void aVersionToComeIsRefused() {
    assertThatThrownBy(
            () ->
                new ItemSerializerSnapshot()
                    .readSnapshot(2, new DataInputDeserializer(), getClass().getClassLoader()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void aRejectedItemStaysAsItWasFirstRejected() {
    Item once = REJECTED.get(1);
    assertThat(once.rejected(Stage.SINK, "KEY_MISSING", "")).isSameAs(once);
    assertThat(once.size()).isZero();
    assertThatThrownBy(ITEMS.get(0)::rejection).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void bytesAreCopiedFromStreamToStream() throws Exception {
    assertCopied(ITEMS);
    assertCopied(REJECTED);
  }

  private static void assertCopied(List<Item> items) throws IOException {
    byte[] bytes = serialize(items);
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    DataOutputSerializer out = new DataOutputSerializer(64);
    ItemSerializer serializer = new ItemSerializer();
    for (int i = 0; i < items.size(); i++) {
      serializer.copy(in, out);
    }
    assertThat(out.getCopyOfBuffer()).isEqualTo(bytes);
    assertThat(in.available()).isZero();
  }

  @Test
  void whatIsCutShortOrNoItemIsAnIoException() throws Exception {
    byte[] bytes = serialize(List.of(ITEMS.get(1), REJECTED.get(1)));
    for (int cut = 0; cut < bytes.length; cut++) {
      byte[] part = java.util.Arrays.copyOf(bytes, cut);
      assertThatThrownBy(() -> deserialize(part, 2)).as("%d", cut).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> deserialize(new byte[] {64}, 1)).hasMessageContaining("not an item");
  }

  @Test
  void itemsThatFollowOneAnotherShareTheirUnit() throws Exception {
    List<Item> items = deserialize(serialize(List.of(ITEMS.get(0), ITEMS.get(1))), 2);
    assertThat(items.get(0).origin().unit()).isSameAs(items.get(1).origin().unit());
  }

  @Test
  void anItemIsNotCopiedBetweenChainedOperators() {
    ItemSerializer serializer = new ItemSerializer();
    Item item = ITEMS.get(0);
    assertThat(serializer.isImmutableType()).isTrue();
    assertThat(serializer.copy(item)).isSameAs(item);
    assertThat(serializer.duplicate()).isEqualTo(serializer).isNotSameAs(serializer);
  }

  @Test
  void flinkFindsTheSerializerWithoutGenericTypes() {
    ExecutionConfig config = new ExecutionConfig();
    config.getSerializerConfig().setGenericTypes(false);
    TypeInformation<Item> found = TypeInformation.of(Item.class);
    TypeSerializer<Item> serializer = found.createSerializer(config.getSerializerConfig());
    assertThat(found).isEqualTo(ItemTypeInfo.INSTANCE);
    assertThat(serializer).isInstanceOf(ItemSerializer.class);
  }

  private static byte[] serialize(List<Item> items) throws IOException {
    ItemSerializer serializer = new ItemSerializer();
    DataOutputSerializer out = new DataOutputSerializer(64);
    for (Item item : items) {
      serializer.serialize(item, out);
    }
    return out.getCopyOfBuffer();
  }

  private static List<Item> deserialize(byte[] bytes, int count) throws IOException {
    ItemSerializer serializer = new ItemSerializer();
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(serializer.deserialize(in));
    }
    assertThat(in.available()).isZero();
    return items;
  }

  private static void assertSame(List<Item> actual, List<Item> expected) {
    assertThat(actual)
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(expected);
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = ItemSerializerTest.class.getResourceAsStream("/golden/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static Item put(String json, int size, long timestamp, String unit, long position) {
    return Item.put(bytes(json), size, timestamp, new Origin(unit, position));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
