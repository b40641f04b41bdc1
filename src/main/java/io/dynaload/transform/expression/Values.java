package io.dynaload.transform.expression;

import io.dynaload.item.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a DynamoDB value is in an expression, and back: S a String, N a BigDecimal, BOOL a Boolean,
 * NULL {@link Nothing}, B a {@link Value.B}, L a List, M a Map, a set a {@link SetOf}.
 */
final class Values {
  /** Numbers beyond it are far out of DynamoDB's range; computing with them could take minutes. */
  static final int MAX_MAGNITUDE = 1000;

  private Values() {}

  static Object of(Value value) throws EvaluationException {
    // Switching on the type of a value is not part of Java 17.
    if (value instanceof Value.S s) {
      return s.text();
    } else if (value instanceof Value.N n) {
      return new BigDecimal(n.text());
    } else if (value instanceof Value.Bool bool) {
      return bool.value();
    } else if (value instanceof Value.M m) {
      return ofEntries(m.entries());
    } else if (value instanceof Value.L l) {
      List<Object> elements = new ArrayList<>(l.elements().size());
      for (Value element : l.elements()) {
        elements.add(of(element));
      }
      return elements;
    } else if (value instanceof Value.SS ss) {
      return new SetOf(SetOf.Type.SS, new ArrayList<>(ss.elements()));
    } else if (value instanceof Value.NS ns) {
      List<Object> numbers = new ArrayList<>(ns.elements().size());
      for (String element : ns.elements()) {
        numbers.add(new BigDecimal(element).stripTrailingZeros());
      }
      return new SetOf(SetOf.Type.NS, numbers);
    } else if (value instanceof Value.BS bs) {
      return new SetOf(SetOf.Type.BS, new ArrayList<>(bs.elements()));
    } else if (value instanceof Value.B b) {
      return b;
    }
    return Nothing.NULL;
  }

  static Map<String, Object> ofEntries(Map<String, Value> entries) throws EvaluationException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      map.put(entry.getKey(), of(entry.getValue()));
    }
    return map;
  }

  /**
   * @throws EvaluationException (WRONG_TYPE) if a map has a key that is no text
   */
  static Value toValue(Object object) throws EvaluationException {
    if (object instanceof String text) {
      return new Value.S(text);
    } else if (object instanceof BigDecimal number) {
      return new Value.N(plain(number));
    } else if (object instanceof Boolean bool) {
      return new Value.Bool(bool);
    } else if (object instanceof SetOf set) {
      return set(set);
    } else if (object instanceof List<?> list) {
      List<Value> elements = new ArrayList<>(list.size());
      for (Object element : list) {
        elements.add(toValue(element));
      }
      return new Value.L(elements);
    } else if (object instanceof Map<?, ?> map) {
      return new Value.M(toEntries(map));
    } else if (object instanceof Value.B binary) {
      return binary;
    } else if (object == Nothing.NULL) {
      return new Value.Null();
    }
    throw EvaluationException.wrongType("there is no attribute value of this kind");
  }

  static Map<String, Value> toEntries(Map<?, ?> map) throws EvaluationException {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw EvaluationException.wrongType("the keys of a map must be texts");
      }
      entries.put(name, toValue(entry.getValue()));
    }
    return entries;
  }

  private static Value set(SetOf set) {
    Set<String> texts = new LinkedHashSet<>();
    return switch (set.type()) {
      case SS -> {
        set.forEach(element -> texts.add((String) element));
        yield new Value.SS(texts);
      }
      case NS -> {
        set.forEach(element -> texts.add(plain((BigDecimal) element)));
        yield new Value.NS(texts);
      }
      case BS -> {
        Set<Value.B> binaries = new LinkedHashSet<>();
        set.forEach(element -> binaries.add((Value.B) element));
        yield new Value.BS(binaries);
      }
    };
  }

  /** Digits, with a point if need be: the same text for every spelling of a number. */
  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /**
   * The number, if it is one that can be computed with.
   *
   * @throws EvaluationException (NUMBER_OUT_OF_RANGE)
   */
  static BigDecimal inRange(BigDecimal number) throws EvaluationException {
    if (Math.abs((long) number.scale()) > MAX_MAGNITUDE || number.precision() > MAX_MAGNITUDE) {
      throw new EvaluationException(
          Fault.NUMBER_OUT_OF_RANGE, "a number is far beyond what DynamoDB holds");
    }
    return number;
  }

  static boolean isOf(Object object, Kind kind) {
    return kind == Kind.UNKNOWN || kind(object) == kind;
  }

  static String kindOf(Object object) {
    return kind(object).label();
  }

  private static Kind kind(Object object) {
    if (object instanceof String) {
      return Kind.TEXT;
    } else if (object instanceof BigDecimal) {
      return Kind.NUMBER;
    } else if (object instanceof Boolean) {
      return Kind.BOOL;
    } else if (object instanceof Collection) {
      return Kind.LIST;
    } else if (object instanceof Map) {
      return Kind.MAP;
    } else if (object instanceof Value.B) {
      return Kind.BYTES;
    }
    return Kind.NULL;
  }
}
