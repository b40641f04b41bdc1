package io.dynaload.item;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An item as a text that is the same exactly if DynamoDB would say that the items are: attributes
 * and sets sorted, numbers by value, with the type of every value.
 */
public final class CanonicalText {
  private CanonicalText() {}

  public static String of(Map<String, Value> item) {
    return new TreeMap<>(item)
        .entrySet().stream()
            .map(
                entry ->
                    entry.getKey().length() + ":" + entry.getKey() + "=" + of(entry.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  public static String of(Value value) {
    if (value instanceof Value.S s) {
      return "S " + s.text().length() + ":" + s.text();
    } else if (value instanceof Value.N n) {
      return "N " + number(n.text());
    } else if (value instanceof Value.B b) {
      return "B " + HexFormat.of().formatHex(b.bytes());
    } else if (value instanceof Value.M m) {
      return "M " + of(m.entries());
    } else if (value instanceof Value.L l) {
      return l.elements().stream()
          .map(CanonicalText::of)
          .collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof Value.SS ss) {
      return set("SS", ss.elements().stream().map(text -> text.length() + ":" + text));
    } else if (value instanceof Value.NS ns) {
      return set("NS", ns.elements().stream().map(CanonicalText::number));
    } else if (value instanceof Value.BS bs) {
      return set("BS", bs.elements().stream().map(CanonicalText::of));
    }
    return value.toString();
  }

  /** Sorted, as the list of a whole table is. */
  public static Collection<String> of(Collection<Map<String, Value>> items) {
    return items.stream().map(CanonicalText::of).sorted().toList();
  }

  private static String number(String text) {
    BigDecimal number = new BigDecimal(text);
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
  }

  private static String set(String type, Stream<String> elements) {
    return elements.sorted().collect(Collectors.joining(", ", type + " <", ">"));
  }
}
