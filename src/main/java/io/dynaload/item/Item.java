package io.dynaload.item;

import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One change to a table, in DynamoDB's wire format. Immutable: the arrays it was made of and hands
 * out are shared and must not be written to.
 *
 * <p>A put carries the whole item as the UTF-8 bytes of its DynamoDB JSON, {@code
 * {"pk":{"S":"a"},"n":{"N":"1"}}}; a delete carries its key attributes alone, in the same form.
 *
 * <p>What can be neither travels on as a rejected item, with a {@link Rejection}, to the sink,
 * which puts it into the dead letters. The stages in between pass it on as it is.
 */
@TypeInfo(ItemTypeInfo.Factory.class)
public final class Item {
  /** The write timestamp of an item that has none. */
  public static final long NO_WRITE_TIMESTAMP = Long.MIN_VALUE;

  /** What is done with the item. */
  public enum Kind {
    PUT,
    DELETE,
    /** Nothing but put it into the dead letters. */
    REJECTED
  }

  private final Kind kind;
  private final byte[] json;
  private final int size;
  private final long writeTimestampMicros;
  private final Origin origin;
  private final @Nullable Rejection rejection;

  private Item(Kind kind, byte[] json, int size, long writeTimestampMicros, Origin origin) {
    this(kind, json, size, writeTimestampMicros, origin, null);
  }

  private Item(
      Kind kind,
      byte[] json,
      int size,
      long writeTimestampMicros,
      Origin origin,
      @Nullable Rejection rejection) {
    this.kind = kind;
    this.json = json;
    this.size = size;
    this.writeTimestampMicros = writeTimestampMicros;
    this.origin = origin;
    this.rejection = rejection;
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

  /**
   * What cannot be written; its size is 0.
   *
   * @param bytes in the form that the rejection names; valid or not
   */
  public static Item rejected(
      byte[] bytes, long writeTimestampMicros, Origin origin, Rejection rejection) {
    return new Item(Kind.REJECTED, bytes, 0, writeTimestampMicros, origin, rejection);
  }

  /** This put or delete as a rejected item; one that is rejected already stays as it is. */
  public Item rejected(Stage stage, String code, String reason) {
    Form form =
        switch (kind) {
          case PUT -> Form.ITEM;
          case DELETE -> Form.KEY;
          case REJECTED -> null;
        };
    return form == null
        ? this
        : rejected(json, writeTimestampMicros, origin, new Rejection(stage, form, code, reason));
  }

  public Kind kind() {
    return kind;
  }

  public boolean isRejected() {
    return rejection != null;
  }

  /** Why it is rejected; only of a rejected item. */
  public Rejection rejection() {
    if (rejection == null) {
      throw new IllegalStateException("Not rejected: " + this);
    }
    return rejection;
  }

  /**
   * DynamoDB JSON as UTF-8: the whole item of a put, the key of a delete. Of a rejected item the
   * bytes in the form of its {@link Rejection}.
   */
  public byte[] json() {
    return json;
  }

  /** Bytes by DynamoDB's rules: of the item, or of the key of a delete; 0 if it is rejected. */
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
