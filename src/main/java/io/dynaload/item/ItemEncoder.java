package io.dynaload.item;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;
import io.dynaload.item.InvalidItemException.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Writes one item after another in wire format, for sources that make items (JDBC, CSV). What it
 * makes is valid: what DynamoDB would refuse is an {@link InvalidItemException} that names the
 * attribute, of which nothing is written then. The caller gives each name at most once an item, and
 * answers for the key being there.
 *
 * <p>What is to be kept as a rejected item is written to the end nevertheless: {@link #unchecked}
 * in the place of each value that is refused, and {@link #rejected} in that of {@link #put}.
 *
 * <p>Reusable; not thread-safe. Attribute names are encoded once, as {@link Name}s. The size by
 * DynamoDB's rules is added up on the way.
 */
public final class ItemEncoder {
  private static final byte[] NOTHING = {};
  private static final byte[] S = ascii("{\"S\":\"");
  private static final byte[] N = ascii("{\"N\":\"");
  private static final byte[] B = ascii("{\"B\":\"");
  private static final byte[] END = ascii("\"}");
  private static final byte[] TRUE = ascii("{\"BOOL\":true}");
  private static final byte[] FALSE = ascii("{\"BOOL\":false}");
  private static final byte[] NULL = ascii("{\"NULL\":true}");

  /** Beyond it, plain notation is nothing but zeros or out of range. */
  private static final int MAX_PLAIN_SCALE = 512;

  /** An attribute's name, escaped and ready to be copied. Immutable. */
  public static final class Name {
    private final String text;
    private final byte[] utf8;
    private final byte[] json;
    private final int size;

    /**
     * @throws IllegalArgumentException if the name is empty, longer than 65,535 bytes or not valid
     *     Unicode
     */
    public Name(String name) {
      WireBuffer buffer = new WireBuffer();
      buffer.raw('"');
      try {
        size = buffer.string(name);
        ItemValidator.checkName(size);
      } catch (InvalidItemException e) {
        throw new IllegalArgumentException("attribute name: " + e.problem(), e);
      }
      buffer.raw('"');
      buffer.raw(':');
      json = buffer.toArray();
      text = name;
      utf8 = name.getBytes(StandardCharsets.UTF_8);
    }

    /** The name's text, not escaped. */
    byte[] utf8() {
      return utf8;
    }

    /** Quoted, and with the colon behind it. */
    byte[] json() {
      return json;
    }

    /** In bytes, by DynamoDB's rules. */
    int size() {
      return size;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final WireBuffer out = new WireBuffer();
  private int size;

  /** Drops what was begun, if anything, and begins an item. */
  public ItemEncoder begin() {
    out.reset();
    out.raw('{');
    size = 0;
    return this;
  }

  public ItemEncoder string(Name name, String value) throws InvalidItemException {
    int start = out.length();
    attribute(name, S);
    try {
      size += out.string(value);
    } catch (InvalidItemException e) {
      throw undone(start, name, e);
    }
    out.raw(END);
    return this;
  }

  public ItemEncoder number(Name name, long value) {
    attribute(name, N);
    size += out.number(value);
    out.raw(END);
    return this;
  }

  /** As its plain decimal text; scale and trailing zeros are kept as they are. */
  public ItemEncoder number(Name name, BigDecimal value) throws InvalidItemException {
    if (Math.abs((long) value.scale()) <= MAX_PLAIN_SCALE) {
      return number(name, value.toPlainString());
    }
    return number(name, value.signum() == 0 ? "0" : value.stripTrailingZeros().toString());
  }

  /** The shortest decimal that reads back as the same double. */
  public ItemEncoder number(Name name, double value) throws InvalidItemException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw notFinite(name);
    }
    int scale = ShortDecimal.scale(value);
    if (scale >= 0) {
      attribute(name, N);
      size += out.number(ShortDecimal.unscaled(value, scale), scale);
      out.raw(END);
      return this;
    }
    return number(name, withoutPointZero(DoubleToDecimal.toString(value)));
  }

  /** The shortest decimal that reads back as the same float. */
  public ItemEncoder number(Name name, float value) throws InvalidItemException {
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      throw notFinite(name);
    }
    return number(name, withoutPointZero(FloatToDecimal.toString(value)));
  }

  /** A number as it is written: digits, with a sign, a point and an exponent if need be. */
  public ItemEncoder number(Name name, String decimal) throws InvalidItemException {
    int start = out.length();
    attribute(name, N);
    try {
      size += out.number(decimal);
    } catch (InvalidItemException e) {
      throw undone(start, name, e);
    }
    out.raw(END);
    return this;
  }

  public ItemEncoder binary(Name name, byte[] value) {
    attribute(name, B);
    size += out.binary(value);
    out.raw(END);
    return this;
  }

  public ItemEncoder bool(Name name, boolean value) {
    attribute(name, value ? TRUE : FALSE);
    size++;
    return this;
  }

  public ItemEncoder nul(Name name) {
    attribute(name, NULL);
    size++;
    return this;
  }

  /** Any value, nested ones and sets included. */
  public ItemEncoder value(Name name, Value value) throws InvalidItemException {
    int start = out.length();
    attribute(name, NOTHING);
    try {
      size += ValueWriter.write(value, out, 0);
    } catch (InvalidItemException e) {
      throw undone(start, name, e);
    }
    return this;
  }

  /**
   * A value that DynamoDB would refuse, as {@code {"N":"NaN"}}: valid JSON, and no more than that.
   *
   * @param type any text, such as a DynamoDB type that the value is not of
   */
  public ItemEncoder unchecked(Name name, String type, String text) {
    attribute(name, NOTHING);
    out.raw("{\"");
    out.unchecked(type);
    out.raw("\":\"");
    out.unchecked(text);
    out.raw("\"}");
    return this;
  }

  /** Ends the item as a put. */
  public Item put(long writeTimestampMicros, Origin origin) throws InvalidItemException {
    return Item.put(end(), size, writeTimestampMicros, origin);
  }

  /** Ends the item as a delete; what was written must be the key attributes and no other. */
  public Item delete(long writeTimestampMicros, Origin origin) throws InvalidItemException {
    return Item.delete(end(), size, writeTimestampMicros, origin);
  }

  /** Ends the item, whatever was written, as a rejected one. */
  public Item rejected(long writeTimestampMicros, Origin origin, Rejection rejection) {
    out.raw('}');
    return Item.rejected(out.toArray(), writeTimestampMicros, origin, rejection);
  }

  private byte[] end() throws InvalidItemException {
    ItemValidator.checkSize(size);
    out.raw('}');
    return out.toArray();
  }

  private void attribute(Name name, byte[] value) {
    if (out.length() > 1) {
      out.raw(',');
    }
    out.raw(name.json);
    out.raw(value);
    size += name.size;
  }

  /** "12.0" and "1.0E10" say no more than "12" and "1E10"; "-0" is no number but a sign. */
  private static String withoutPointZero(String decimal) {
    int point = decimal.indexOf(".0");
    if (point < 0) {
      return decimal;
    }
    int after = point + 2;
    if (after == decimal.length()) {
      String whole = decimal.substring(0, point);
      return whole.equals("-0") ? "0" : whole;
    }
    return decimal.charAt(after) == 'E'
        ? decimal.substring(0, point) + decimal.substring(after)
        : decimal;
  }

  private static InvalidItemException notFinite(Name name) {
    return new InvalidItemException(
        Reason.UNSUPPORTED_VALUE,
        "attribute " + name + ": NaN and infinity are no numbers to DynamoDB");
  }

  private InvalidItemException undone(int start, Name name, InvalidItemException e) {
    out.truncate(start);
    return new InvalidItemException(e.reason(), "attribute " + name + ": " + e.problem());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
