package io.dynaload.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.dynaload.item.Item;
import io.dynaload.item.ItemView;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.Value;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a PutItem or DeleteItem under a write mode's condition. A put's body is spliced from
 * the item's bytes. Immutable and thread-safe.
 *
 * <p>With {@code newer-wins} a delete has to carry its version as an attribute besides its key. It
 * has no other: what the source tells of the time of a delete need not be in the versions' unit,
 * and a version that is taken for too new would delete what a live application wrote.
 */
final class ConditionalBody {
  static final String VERSION_MISSING = "VERSION_MISSING";
  static final String VERSION_TYPE = "VERSION_TYPE";
  static final String DELETE_IN_INSERT_ONLY = "DELETE_IN_INSERT_ONLY";

  private static final byte[] VALUES = ascii(",\"ExpressionAttributeValues\":{\":v\":");
  private static final byte[] VALUES_END = ascii("}");
  private static final byte[] ITEM = ascii(",\"Item\":");
  private static final byte[] KEY = ascii(",\"Key\":");
  private static final byte[] END = ascii("}");

  private final KeySchema keys;
  private final @Nullable String version;
  private final byte[] head;

  /**
   * @param table of characters that JSON need not escape, as all table names are
   */
  ConditionalBody(String table, KeySchema keys, WriteModeConfig mode) {
    this.keys = keys;
    this.version = mode.versionAttribute();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ascii(
            "{\"TableName\":\""
                + table
                + "\",\"ReturnConsumedCapacity\":\"INDEXES\""
                + ",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\""
                + ",\"ConditionExpression\":\"attribute_not_exists(#k)"
                + (version == null ? "" : " OR #v < :v")
                + "\",\"ExpressionAttributeNames\":{\"#k\":"));
    out.writeBytes(quoted(keys.partition().name()));
    if (version != null) {
      out.writeBytes(ascii(",\"#v\":"));
      out.writeBytes(quoted(version));
    }
    out.writeBytes(END);
    head = out.toByteArray();
  }

  WireFormat.Message of(Item item) throws RefusedItemException {
    return switch (item.kind()) {
      case PUT -> new WireFormat.Message("PutItem", put(item));
      case DELETE -> new WireFormat.Message("DeleteItem", delete(item));
      case REJECTED -> throw new IllegalStateException("A rejected item cannot be sent: " + item);
    };
  }

  private byte[] put(Item item) throws RefusedItemException {
    byte[] json = item.json();
    return version == null
        ? joined(head, ITEM, json, END)
        : joined(head, VALUES, version(item, version), VALUES_END, ITEM, json, END);
  }

  private byte[] delete(Item item) throws RefusedItemException {
    if (version == null) {
      throw new RefusedItemException(
          DELETE_IN_INSERT_ONLY, "a delete, which write-mode: insert-only has no use for");
    }
    return joined(head, VALUES, version(item, version), VALUES_END, KEY, key(item), END);
  }

  private static byte[] version(Item item, String name) throws RefusedItemException {
    ItemView view = new ItemView(item);
    Value value = view.get(name).orElse(null);
    if (value == null) {
      throw new RefusedItemException(
          VERSION_MISSING, "the " + word(item) + " lacks the version attribute " + name);
    }
    if (!(value instanceof Value.N) && !(value instanceof Value.S)) {
      throw new RefusedItemException(
          VERSION_TYPE, "the version attribute " + name + " is neither a number nor a text");
    }
    return view.json(name).orElseThrow();
  }

  private static String word(Item item) {
    return item.kind() == Item.Kind.DELETE ? "delete" : "item";
  }

  /** The key alone: DynamoDB refuses one that comes with a version. */
  private byte[] key(Item item) {
    ItemView view = new ItemView(item);
    ByteArrayOutputStream out = new ByteArrayOutputStream(item.json().length);
    out.write('{');
    write(view, keys.partition(), out);
    KeyAttribute sort = keys.sort();
    if (sort != null) {
      out.write(',');
      write(view, sort, out);
    }
    out.write('}');
    return out.toByteArray();
  }

  private static void write(ItemView view, KeyAttribute key, ByteArrayOutputStream out) {
    out.writeBytes(quoted(key.name()));
    out.write(':');
    out.writeBytes(view.json(key.name()).orElseThrow());
  }

  private static byte[] quoted(String text) {
    byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    return joined(new byte[] {'"'}, escaped, new byte[] {'"'});
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
