package io.dynaload.item;

import java.math.BigDecimal;

/**
 * Writes one item after another in wire format, for sources that make items (JDBC, CSV). Reusable;
 * not thread-safe. Attribute names are encoded once, as {@link Name}s. The caller gives each name
 * at most once an item.
 */
public final class ItemEncoder {
  /** An attribute's name, escaped and ready to be copied. */
  public static final class Name {
    public Name(String name) {}
  }

  /** Drops what was begun, if anything, and begins an item. */
  public ItemEncoder begin() {
    throw new UnsupportedOperationException();
  }

  public ItemEncoder string(Name name, String value) {
    throw new UnsupportedOperationException();
  }

  public ItemEncoder number(Name name, long value) {
    throw new UnsupportedOperationException();
  }

  /** As its plain decimal text; scale and trailing zeros are kept as they are. */
  public ItemEncoder number(Name name, BigDecimal value) throws InvalidItemException {
    throw new UnsupportedOperationException();
  }

  /** The shortest decimal that reads back as the same double. */
  public ItemEncoder number(Name name, double value) throws InvalidItemException {
    throw new UnsupportedOperationException();
  }

  /** The shortest decimal that reads back as the same float. */
  public ItemEncoder number(Name name, float value) throws InvalidItemException {
    throw new UnsupportedOperationException();
  }

  public ItemEncoder binary(Name name, byte[] value) {
    throw new UnsupportedOperationException();
  }

  public ItemEncoder bool(Name name, boolean value) {
    throw new UnsupportedOperationException();
  }

  public ItemEncoder nul(Name name) {
    throw new UnsupportedOperationException();
  }

  /** Ends the item as a put. */
  public Item put(long writeTimestampMicros, Origin origin) {
    throw new UnsupportedOperationException();
  }
}
