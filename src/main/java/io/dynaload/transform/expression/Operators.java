package io.dynaload.transform.expression;

import io.dynaload.item.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** CEL's operators, with exact decimals for all of its numbers. */
final class Operators {
  /** The digits that DynamoDB holds; only a division has to round. */
  private static final MathContext QUOTIENT = new MathContext(38, RoundingMode.HALF_EVEN);

  private Operators() {}

  static BigDecimal number(Object value, String operator) throws EvaluationException {
    if (value instanceof BigDecimal number) {
      return number;
    }
    throw EvaluationException.wrongType(operator + " needs a number, not " + Values.kindOf(value));
  }

  static Object add(Object a, Object b) throws EvaluationException {
    if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      return Values.inRange(x.add(y));
    }
    if (a instanceof String s && b instanceof String t) {
      return s + t;
    }
    if (a instanceof List<?> l && b instanceof List<?> m) {
      List<Object> both = new ArrayList<>(l.size() + m.size());
      both.addAll(l);
      both.addAll(m);
      return both;
    }
    throw EvaluationException.wrongType(
        "+ needs two numbers, two texts or two lists, not "
            + Values.kindOf(a)
            + " and "
            + Values.kindOf(b));
  }

  static Object subtract(Object a, Object b) throws EvaluationException {
    return Values.inRange(number(a, "-").subtract(number(b, "-")));
  }

  static Object multiply(Object a, Object b) throws EvaluationException {
    return Values.inRange(number(a, "*").multiply(number(b, "*")));
  }

  static Object divide(Object a, Object b) throws EvaluationException {
    return Values.inRange(number(a, "/").divide(divisor(b, "/"), QUOTIENT));
  }

  /** The sign is that of the dividend. */
  static Object remainder(Object a, Object b) throws EvaluationException {
    return Values.inRange(number(a, "%").remainder(divisor(b, "%")));
  }

  private static BigDecimal divisor(Object value, String operator) throws EvaluationException {
    BigDecimal number = number(value, operator);
    if (number.signum() == 0) {
      throw new EvaluationException(Fault.DIVISION_BY_ZERO, "a division by zero");
    }
    return number;
  }

  /** Values of different kinds are different. */
  static boolean equal(Object a, Object b) {
    if (a instanceof BigDecimal x) {
      return b instanceof BigDecimal y && x.compareTo(y) == 0;
    }
    if (a instanceof List<?> l && !(a instanceof SetOf)) {
      return b instanceof List<?> m && !(b instanceof SetOf) && equalLists(l, m);
    }
    if (a instanceof Map<?, ?> l) {
      return b instanceof Map<?, ?> m && equalMaps(l, m);
    }
    return a.equals(b);
  }

  private static boolean equalLists(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!equal(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(Map<?, ?> a, Map<?, ?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      Object other = b.get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  /** Numbers by value, texts by their code points, binaries by their bytes, false before true. */
  static int compare(Object a, Object b, String operator) throws EvaluationException {
    if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      return x.compareTo(y);
    }
    if (a instanceof String s && b instanceof String t) {
      return compareTexts(s, t);
    }
    if (a instanceof Value.B x && b instanceof Value.B y) {
      return Arrays.compareUnsigned(x.bytes(), y.bytes());
    }
    if (a instanceof Boolean x && b instanceof Boolean y) {
      return x.compareTo(y);
    }
    throw EvaluationException.wrongType(
        operator
            + " needs two numbers or two texts, not "
            + Values.kindOf(a)
            + " and "
            + Values.kindOf(b));
  }

  private static int compareTexts(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Surrogates stand for code points above all others, but not above all other chars.
        boolean pair = Character.isSurrogate(x);
        return pair == Character.isSurrogate(y) ? x - y : pair ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  static boolean in(Object a, Object b) throws EvaluationException {
    if (b instanceof Map<?, ?> map) {
      return a instanceof String && map.containsKey(a);
    }
    if (!(b instanceof Collection<?> elements)) {
      throw EvaluationException.wrongType("in needs a list or a map, not " + Values.kindOf(b));
    }
    for (Object element : elements) {
      if (equal(a, element)) {
        return true;
      }
    }
    return false;
  }

  static Object index(Object of, Object at) throws EvaluationException {
    if (of instanceof Map<?, ?> map) {
      Object value = at instanceof String ? map.get(at) : null;
      if (value == null) {
        throw new EvaluationException(Fault.ATTRIBUTE_MISSING, "a map lacks an entry");
      }
      return value;
    }
    if (!(of instanceof List<?> list)) {
      throw EvaluationException.wrongType("[ ] needs a list or a map, not " + Values.kindOf(of));
    }
    BigDecimal number = number(at, "[ ]");
    if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(list.size())) >= 0) {
      throw new EvaluationException(Fault.ATTRIBUTE_MISSING, "a list lacks an element");
    }
    try {
      return list.get(number.intValueExact());
    } catch (ArithmeticException e) {
      throw EvaluationException.wrongType("[ ] of a list needs a whole number");
    }
  }
}
