package io.dynaload.item;

import io.dynaload.item.InvalidItemException.Reason;
import java.util.Arrays;

/**
 * Checks the DynamoDB JSON of an item in one pass that builds no tree, and adds up its size. What
 * it accepts, DynamoDB accepts, but for the key, which is {@link KeySchema}'s to check: valid JSON
 * in valid UTF-8; every value an object of one known type and its payload; numbers of at most 38
 * digits and in range; padded Base64; sets that are not empty and have no duplicates; no attribute
 * twice; at most 32 levels, the item itself being the first; at most 400 KB. White space between
 * tokens is allowed.
 *
 * <p>Reusable, and cheap only if it is reused; not thread-safe. Anything else than a valid item is
 * an {@link InvalidItemException} that names the attribute, whatever the bytes are.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">DynamoDB
 *     developer guide, quotas</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">DynamoDB
 *     developer guide, item sizes</a>
 */
public final class ItemValidator {
  /** DynamoDB's limit of an item in bytes, names included. */
  public static final int MAX_SIZE = 400 * 1024;

  static final int MAX_DEPTH = 32;
  static final int MAX_NAME = 65_535;

  /** What a list or map takes besides its elements, and besides that for each of them. */
  static final int CONTAINER_SIZE = 3;

  static final int ELEMENT_SIZE = 1;

  private final StrictJson in = new StrictJson();
  private final Distinct distinct = new Distinct();
  private final AttributePath path = new AttributePath();

  /**
   * Checks an item, or the key of a delete.
   *
   * @return its size in bytes by DynamoDB's rules
   */
  public int validate(byte[] json, int offset, int length) throws InvalidItemException {
    int size = validateBeginning(json, offset, offset + length);
    in.expectEnd();
    return size;
  }

  /**
   * Checks an item that more JSON may follow, which is left to the caller; {@link #end} is where.
   *
   * @param to the end of the JSON
   * @return the item's size in bytes by DynamoDB's rules
   */
  public int validateBeginning(byte[] json, int from, int to) throws InvalidItemException {
    in.begin(json, from, to - from);
    distinct.clear();
    path.clear();
    try {
      int size = attributes(0);
      checkSize(size);
      return size;
    } catch (InvalidItemException e) {
      throw new InvalidItemException(e.reason(), path.prefix(json) + e.problem());
    }
  }

  /** Just behind the closing brace of what {@link #validateBeginning} has checked. */
  public int end() {
    return in.position();
  }

  /** Checks an item that lies in a larger buffer, and cuts it out as a put. */
  public Item put(byte[] json, int offset, int length, long writeTimestampMicros, Origin origin)
      throws InvalidItemException {
    int size = validate(json, offset, length);
    return Item.put(slice(json, offset, length), size, writeTimestampMicros, origin);
  }

  /** Checks a key that lies in a larger buffer, and cuts it out as a delete. */
  public Item delete(byte[] json, int offset, int length, long writeTimestampMicros, Origin origin)
      throws InvalidItemException {
    int size = validate(json, offset, length);
    return Item.delete(slice(json, offset, length), size, writeTimestampMicros, origin);
  }

  private static byte[] slice(byte[] json, int offset, int length) {
    return Arrays.copyOfRange(json, offset, offset + length);
  }

  private int attributes(int level) throws InvalidItemException {
    in.expect('{');
    if (in.take('}')) {
      return 0;
    }
    int size = 0;
    int names = distinct.mark();
    do {
      in.string();
      path.enter(level, in.textStart(), in.textEnd());
      checkName(in.textSize());
      distinct.add(in.json(), in.textStart(), in.textEnd(), in.escaped(), KeyType.S);
      size += in.textSize() + (level == 0 ? 0 : ELEMENT_SIZE);
      in.expect(':');
      size += value(level);
      path.leave(level);
    } while (in.take(','));
    in.expect('}');
    if (distinct.release(names, in.json(), KeyType.S)) {
      throw new InvalidItemException(
          Reason.DUPLICATE_ATTRIBUTE,
          level == 0 ? "two attributes have the same name" : "two entries have the same name");
    }
    return size;
  }

  private int value(int level) throws InvalidItemException {
    in.expect('{');
    in.string();
    int size =
        switch (type()) {
          case 'S' -> string();
          case 'N' -> number();
          case 'B' -> binary();
          case 'B' << 24 | 'O' << 16 | 'O' << 8 | 'L' -> bool();
          case 'N' << 24 | 'U' << 16 | 'L' << 8 | 'L' -> nul();
          case 'M' -> {
            in.expect(':');
            yield CONTAINER_SIZE + attributes(below(level));
          }
          case 'L' -> list(below(level));
          case 'S' << 8 | 'S' -> set(KeyType.S);
          case 'N' << 8 | 'S' -> set(KeyType.N);
          case 'B' << 8 | 'S' -> set(KeyType.B);
          default -> throw in.malformed("an unknown type of value ends");
        };
    if (!in.take('}')) {
      throw in.malformed("the value has more than one type, or is not closed,");
    }
    return size;
  }

  /** The type's letters, packed in an int. */
  private int type() {
    byte[] text = in.json();
    int from = in.textStart();
    int to = in.textEnd();
    if (in.escaped()) {
      text = Json.unescape(text, from, to);
      from = 0;
      to = text.length;
    }
    if (to - from > 4) {
      return 0;
    }
    int letters = 0;
    for (int p = from; p < to; p++) {
      letters = letters << 8 | text[p] & 0xff;
    }
    return letters;
  }

  private int string() throws InvalidItemException {
    in.expect(':');
    in.string();
    return in.textSize();
  }

  private int number() throws InvalidItemException {
    in.expect(':');
    in.string();
    return numberSize();
  }

  private int numberSize() throws InvalidItemException {
    long number;
    if (in.escaped()) {
      byte[] text = Json.unescape(in.json(), in.textStart(), in.textEnd());
      number = DecimalText.parse(text, 0, text.length);
    } else {
      number = DecimalText.parse(in.json(), in.textStart(), in.textEnd());
    }
    if (number < 0) {
      throw new InvalidItemException(Reason.NUMBER, DecimalText.problem(number));
    }
    return DecimalText.size(number);
  }

  private int binary() throws InvalidItemException {
    in.expect(':');
    in.string();
    return binarySize();
  }

  private int binarySize() throws InvalidItemException {
    int size;
    if (in.escaped()) {
      byte[] text = Json.unescape(in.json(), in.textStart(), in.textEnd());
      size = Base64Text.decodedLength(text, 0, text.length);
    } else {
      size = Base64Text.decodedLength(in.json(), in.textStart(), in.textEnd());
    }
    if (size < 0) {
      throw in.malformed("text that is not padded Base64 ends");
    }
    return size;
  }

  private int bool() throws InvalidItemException {
    in.expect(':');
    if (!in.takeWord("true") && !in.takeWord("false")) {
      throw in.malformed("true or false is expected");
    }
    return 1;
  }

  private int nul() throws InvalidItemException {
    in.expect(':');
    if (!in.takeWord("true")) {
      throw in.malformed("true is expected, as the value of NULL,");
    }
    return 1;
  }

  private int list(int level) throws InvalidItemException {
    in.expect(':');
    in.expect('[');
    int size = CONTAINER_SIZE;
    if (in.take(']')) {
      return size;
    }
    int index = 0;
    do {
      path.enter(level, index++);
      size += value(level) + ELEMENT_SIZE;
      path.leave(level);
    } while (in.take(','));
    in.expect(']');
    return size;
  }

  private int set(KeyType type) throws InvalidItemException {
    in.expect(':');
    in.expect('[');
    if (in.take(']')) {
      throw new InvalidItemException(Reason.EMPTY_SET, "the set is empty");
    }
    int size = 0;
    int elements = distinct.mark();
    do {
      in.string();
      size +=
          switch (type) {
            case S -> in.textSize();
            case N -> numberSize();
            case B -> binarySize();
          };
      distinct.add(in.json(), in.textStart(), in.textEnd(), in.escaped(), type);
    } while (in.take(','));
    in.expect(']');
    if (distinct.release(elements, in.json(), type)) {
      throw new InvalidItemException(Reason.DUPLICATE_IN_SET, "the set holds an element twice");
    }
    return size;
  }

  /** The level of a list or map, given that of what holds it; 0 is the item. */
  static int below(int level) throws InvalidItemException {
    if (level + 1 >= MAX_DEPTH) {
      throw new InvalidItemException(
          Reason.TOO_DEEP, "nested deeper than " + MAX_DEPTH + " levels");
    }
    return level + 1;
  }

  static void checkName(int size) throws InvalidItemException {
    if (size == 0 || size > MAX_NAME) {
      throw new InvalidItemException(
          Reason.UNSUPPORTED_VALUE, "a name must have 1 to " + MAX_NAME + " bytes, not " + size);
    }
  }

  static void checkSize(int size) throws InvalidItemException {
    if (size > MAX_SIZE) {
      throw new InvalidItemException(
          Reason.TOO_LARGE, "the item has " + size + " bytes, more than 400 KB");
    }
  }
}
