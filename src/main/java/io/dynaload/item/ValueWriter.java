package io.dynaload.item;

import io.dynaload.item.InvalidItemException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes structured values and adds up their size; each method returns the size of what it wrote.
 */
final class ValueWriter {
  private ValueWriter() {}

  @FunctionalInterface
  private interface ElementWriter<E> {
    int write(E element) throws InvalidItemException;
  }

  /**
   * @param level of what holds the value: 0 for the item
   */
  static int write(Value value, WireBuffer out, int level) throws InvalidItemException {
    // Switching on the type of a value is not part of Java 17.
    if (value instanceof Value.S s) {
      return quoted("S", out, () -> out.string(s.text()));
    } else if (value instanceof Value.N n) {
      return quoted("N", out, () -> out.number(n.text()));
    } else if (value instanceof Value.B b) {
      return quoted("B", out, () -> out.binary(b.bytes()));
    } else if (value instanceof Value.Bool bool) {
      out.raw(bool.value() ? "{\"BOOL\":true}" : "{\"BOOL\":false}");
      return 1;
    } else if (value instanceof Value.Null) {
      out.raw("{\"NULL\":true}");
      return 1;
    } else if (value instanceof Value.M m) {
      return map(m.entries(), out, ItemValidator.below(level));
    } else if (value instanceof Value.L l) {
      return list(l.elements(), out, ItemValidator.below(level));
    } else if (value instanceof Value.SS ss) {
      return set("SS", ss.elements(), out, out::string);
    } else if (value instanceof Value.NS ns) {
      distinct(ns.elements());
      return set("NS", ns.elements(), out, out::number);
    } else if (value instanceof Value.BS bs) {
      return set("BS", bs.elements(), out, element -> out.binary(element.bytes()));
    }
    throw new IllegalStateException("unknown type of value");
  }

  @FunctionalInterface
  private interface TextWriter {
    int write() throws InvalidItemException;
  }

  private static int quoted(String tag, WireBuffer out, TextWriter text)
      throws InvalidItemException {
    out.raw("{\"");
    out.raw(tag);
    out.raw("\":\"");
    int size = text.write();
    out.raw("\"}");
    return size;
  }

  private static int map(Map<String, Value> entries, WireBuffer out, int level)
      throws InvalidItemException {
    out.raw("{\"M\":{");
    int size = ItemValidator.CONTAINER_SIZE;
    boolean first = true;
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      out.raw(first ? "\"" : ",\"");
      first = false;
      int name = out.string(entry.getKey());
      ItemValidator.checkName(name);
      out.raw("\":");
      size += name + write(entry.getValue(), out, level) + ItemValidator.ELEMENT_SIZE;
    }
    out.raw("}}");
    return size;
  }

  private static int list(Collection<Value> elements, WireBuffer out, int level)
      throws InvalidItemException {
    out.raw("{\"L\":[");
    int size = ItemValidator.CONTAINER_SIZE;
    boolean first = true;
    for (Value element : elements) {
      if (!first) {
        out.raw(',');
      }
      first = false;
      size += write(element, out, level) + ItemValidator.ELEMENT_SIZE;
    }
    out.raw("]}");
    return size;
  }

  private static <E> int set(
      String tag, Collection<E> elements, WireBuffer out, ElementWriter<E> writer)
      throws InvalidItemException {
    if (elements.isEmpty()) {
      throw new InvalidItemException(Reason.EMPTY_SET, "the set is empty");
    }
    out.raw("{\"");
    out.raw(tag);
    out.raw("\":[");
    int size = 0;
    boolean first = true;
    for (E element : elements) {
      out.raw(first ? "\"" : ",\"");
      first = false;
      size += writer.write(element);
      out.raw('"');
    }
    out.raw("]}");
    return size;
  }

  /** Refuses two spellings of a number; what is no number is found when it is written. */
  private static void distinct(Collection<String> numbers) throws InvalidItemException {
    Set<ByteBuffer> seen = new HashSet<>();
    for (String number : numbers) {
      byte[] text = number.getBytes(StandardCharsets.UTF_8);
      long parsed = DecimalText.parse(text, 0, text.length);
      if (parsed < 0) {
        continue;
      }
      byte[] canonical = new byte[DecimalText.canonicalLength(parsed)];
      DecimalText.writeCanonical(text, parsed, canonical, 0);
      if (!seen.add(ByteBuffer.wrap(canonical))) {
        throw new InvalidItemException(
            Reason.DUPLICATE_IN_SET, "the set holds a number more than once");
      }
    }
  }
}
