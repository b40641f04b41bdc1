package io.dynaload.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@link TransformBench} measures against: the same logic as a programmer would write it for
 * these attributes alone, over the items' bytes. It is right for every item in the compact form
 * that sources make, whatever else the item holds; its size is found by validating it.
 */
final class HandWritten {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final byte[] ORDER = "OrderID".getBytes(US_ASCII);
  private static final byte[] NAME = "Name".getBytes(US_ASCII);
  private static final byte[] DATE_TIME = "DateTime".getBytes(US_ASCII);
  private static final byte[] EXPIRES = "ExpirationTimestamp".getBytes(US_ASCII);
  private static final byte[] ORDERED_AT = "\"OrderedAt\":".getBytes(US_ASCII);
  private static final byte[] NUMBER = "\":{\"N\":\"".getBytes(US_ASCII);

  private final ItemValidator validator = new ItemValidator();
  private final byte[] out = new byte[4096];
  private int length;

  /** {@code select: [OrderID, Name, DateTime]}, then {@code rename: {DateTime: OrderedAt}}. */
  Item selectAndRename(Item item) throws InvalidItemException {
    byte[] json = item.json();
    length = 0;
    write('{');
    for (int p = 1; json[p] == '"'; ) {
      int nameEnd = textEnd(json, p + 1);
      int end = valueEnd(json, nameEnd + 2);
      boolean isTime = is(json, p + 1, nameEnd, DATE_TIME);
      if (isTime || is(json, p + 1, nameEnd, ORDER) || is(json, p + 1, nameEnd, NAME)) {
        if (length > 1) {
          write(',');
        }
        int from = isTime ? nameEnd + 2 : p;
        if (isTime) {
          write(ORDERED_AT, 0, ORDERED_AT.length);
        }
        write(json, from, end - from);
      }
      if (json[end] == '}') {
        break;
      }
      p = end + 1;
    }
    write('}');
    return put(item);
  }

  /**
   * {@code where: size(item.OrderID) > 0}, then {@code DateTime} as seconds since 1970, then an
   * {@code ExpirationTimestamp} a year later.
   */
  @Nullable Item expressions(Item item) throws InvalidItemException {
    byte[] json = item.json();
    boolean ordered = false;
    int time = -1;
    int timeEnd = -1;
    for (int p = 1; json[p] == '"'; ) {
      int nameEnd = textEnd(json, p + 1);
      int end = valueEnd(json, nameEnd + 2);
      if (is(json, p + 1, nameEnd, ORDER)) {
        ordered = end - nameEnd > 10;
      } else if (is(json, p + 1, nameEnd, DATE_TIME)) {
        time = nameEnd + 2;
        timeEnd = end;
      }
      if (json[end] == '}') {
        break;
      }
      p = end + 1;
    }
    if (!ordered || time < 0 || json[time + 2] != 'S') {
      return null;
    }
    String text = new String(json, time + 6, timeEnd - time - 8, UTF_8);
    long seconds = LocalDateTime.parse(text, TIME).toEpochSecond(ZoneOffset.UTC);
    length = 0;
    write(json, 0, time - 2);
    number(seconds);
    write(json, timeEnd, json.length - 1 - timeEnd);
    write(',');
    write('"');
    write(EXPIRES, 0, EXPIRES.length);
    number(seconds + 31_536_000);
    write('}');
    return put(item);
  }

  private void number(long value) {
    write(NUMBER, 0, NUMBER.length);
    byte[] digits = Long.toString(value).getBytes(US_ASCII);
    write(digits, 0, digits.length);
    write('"');
    write('}');
  }

  private Item put(Item from) throws InvalidItemException {
    return validator.put(out, 0, length, from.writeTimestampMicros(), from.origin());
  }

  private void write(char ascii) {
    out[length++] = (byte) ascii;
  }

  private void write(byte[] from, int start, int count) {
    System.arraycopy(from, start, out, length, count);
    length += count;
  }

  private static int textEnd(byte[] json, int p) {
    while (json[p] != '"') {
      p += json[p] == '\\' ? 2 : 1;
    }
    return p;
  }

  /** Just behind a value. */
  private static int valueEnd(byte[] json, int p) {
    int depth = 0;
    do {
      byte c = json[p++];
      if (c == '"') {
        p = textEnd(json, p) + 1;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    } while (depth > 0);
    return p;
  }

  private static boolean is(byte[] json, int from, int to, byte[] name) {
    return Arrays.equals(json, from, to, name, 0, name.length);
  }
}
