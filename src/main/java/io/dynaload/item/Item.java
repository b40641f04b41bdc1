package io.dynaload.item;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One change to a table, in DynamoDB's wire format. Immutable: the arrays it was made of and hands
 * out are shared and must not be written to.
 *
 * <p>A put carries the whole item as the UTF-8 bytes of its DynamoDB JSON, {@code
 * {"pk":{"S":"a"},"n":{"N":"1"}}}; a delete carries its key attributes alone, in the same form.
 */
@TypeInfo(ItemTypeInfo.Factory.class)
public final class Item {
  /** The write timestamp of an item that has none. */
  public static final long NO_WRITE_TIMESTAMP = Long.MIN_VALUE;

  /** What is done with the item. */
  public enum Kind {
    PUT,
    DELETE
  }

  private final Kind kind;
  private final byte[] json;
  private final int size;
  private final long writeTimestampMicros;
  private final Origin origin;

  private Item(Kind kind, byte[] json, int size, long writeTimestampMicros, Origin origin) {
    this.kind = kind;
    this.json = json;
    this.size = size;
    this.writeTimestampMicros = writeTimestampMicros;
    this.origin = origin;
  }

  /**
   * A put of a valid item.
   *
   * @param size of the item in bytes, by DynamoDB's rules
   */
  public static Item put(byte[] json, int size, long writeTimestampMicros, Origin origin) {
    return new Item(Kind.PUT, json, size, writeTimestampMicros, origin);
  }

  /**
   * A delete by key.
   *
   * @param size of the key attributes in bytes, by DynamoDB's rules
   */
  public static Item delete(byte[] keyJson, int size, long writeTimestampMicros, Origin origin) {
    return new Item(Kind.DELETE, keyJson, size, writeTimestampMicros, origin);
  }

  public Kind kind() {
    return kind;
  }

  /** DynamoDB JSON as UTF-8: the whole item of a put, the key of a delete. */
  public byte[] json() {
    return json;
  }

  /** Bytes by DynamoDB's rules: of the item, or of the key of a delete. */
  public int size() {
    return size;
  }

  /** Write units that a put or delete of this size costs: ceil(size / 1 KB), at least 1. */
  public int writeUnits() {
    return Math.max(1, (size + 1023) >>> 10);
  }

  public boolean hasWriteTimestamp() {
    return writeTimestampMicros != NO_WRITE_TIMESTAMP;
  }

  /** Microseconds since 1970 at which the source wrote it, or {@link #NO_WRITE_TIMESTAMP}. */
  public long writeTimestampMicros() {
    return writeTimestampMicros;
  }

  public Origin origin() {
    return origin;
  }

  /** Kind, size and origin; never the attributes, so that an item cannot reach a log. */
  @Override
  public String toString() {
    return kind + " of " + size + " B from " + origin;
  }

  /** The DynamoDB JSON as text, for tests and for showing an item to its owner. */
  public String jsonText() {
    return new String(json, StandardCharsets.UTF_8);
  }
}
