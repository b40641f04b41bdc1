package io.dynaload.transform.expression;

import dev.cel.common.ast.CelExpr.CelSelect;
import io.dynaload.transform.expression.Translator.Typed;
import java.util.Map;

/** An entry of a map by its name: {@code item.address.city}. */
final class Selection {
  private Selection() {}

  static Typed of(Typed operand, CelSelect select) {
    Node of = operand.node();
    String field = select.field();
    if (select.testOnly()) {
      return Typed.of(Kind.BOOL, scope -> map(of.eval(scope), field).containsKey(field));
    }
    EvaluationException missing =
        new EvaluationException(Fault.ATTRIBUTE_MISSING, "a map has no entry '" + field + "'");
    return Typed.of(
        Kind.UNKNOWN,
        scope -> {
          Object value = map(of.eval(scope), field).get(field);
          if (value == null) {
            throw missing;
          }
          return value;
        });
  }

  private static Map<?, ?> map(Object value, String field) throws EvaluationException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw EvaluationException.wrongType("." + field + " needs a map, not " + Values.kindOf(value));
  }
}
