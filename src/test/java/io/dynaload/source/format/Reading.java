package io.dynaload.source.format;

import io.dynaload.item.Item;
import io.dynaload.item.Rejection;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Reads files that are arrays, at once, in parts, and with interruptions. */
final class Reading {
  static final String FILE = "s3://bucket/file";

  private Reading() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static List<Item> items(RecordFormat format, String text) throws Exception {
    return items(format, bytes(text));
  }

  static List<Item> items(RecordFormat format, byte[] bytes) throws Exception {
    return items(format, bytes, FilePart.whole(FILE));
  }

  /** The one item of a file. */
  static Item item(RecordFormat format, String text) throws Exception {
    List<Item> items = items(format, text);
    if (items.size() != 1) {
      throw new AssertionError(items.size() + " items: " + items);
    }
    return items.get(0);
  }

  static List<Item> items(RecordFormat format, byte[] bytes, FilePart part) throws Exception {
    List<Item> items = new ArrayList<>();
    try (RecordCursor cursor = format.open(offset -> dribbling(bytes, offset), part)) {
      for (Item item = cursor.next(); item != null; item = cursor.next()) {
        items.add(item);
      }
    }
    return items;
  }

  /** Opens the part anew for every record, where the cursor before left off. */
  static List<Item> itemsWithInterruptions(RecordFormat format, byte[] bytes) throws Exception {
    List<Item> items = new ArrayList<>();
    FilePart part = FilePart.whole(FILE);
    while (true) {
      try (RecordCursor cursor = format.open(offset -> dribbling(bytes, offset), part)) {
        Item item = cursor.next();
        if (item == null) {
          return items;
        }
        items.add(item);
        part = part.readTo(cursor.offset(), cursor.number());
      }
    }
  }

  /** Gives as few bytes a call as a socket may. */
  private static InputStream dribbling(byte[] bytes, long offset) {
    Random random = new Random(offset);
    int from = (int) offset;
    return new ByteArrayInputStream(bytes, from, bytes.length - from) {
      @Override
      public synchronized int read(byte[] to, int at, int length) {
        return super.read(to, at, Math.min(length, 1 + random.nextInt(5_000)));
      }
    };
  }

  /** An item in a form that can be compared. */
  record Shown(
      Item.Kind kind, String json, int size, long micros, Object origin, @Nullable Rejection why) {
    static Shown of(Item item) {
      return new Shown(
          item.kind(),
          new String(item.json(), StandardCharsets.ISO_8859_1),
          item.size(),
          item.writeTimestampMicros(),
          item.origin(),
          item.isRejected() ? item.rejection() : null);
    }

    static List<Shown> of(List<Item> items) {
      return items.stream().map(Shown::of).toList();
    }
  }
}
