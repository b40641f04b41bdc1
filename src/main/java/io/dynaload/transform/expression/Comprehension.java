package io.dynaload.transform.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import io.dynaload.transform.expression.Translator.Typed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The loop that the macros {@code all}, {@code exists}, {@code exists_one}, {@code map} and {@code
 * filter} are made of: over a list, a set, or the names of a map. As CEL has it, an error in one
 * round is one of the whole only if no other round decides it.
 */
final class Comprehension {
  private final Translator translator;
  private final CelComprehension loop;

  Comprehension(Translator translator, CelComprehension loop) {
    this.translator = translator;
    this.loop = loop;
  }

  Typed typed() throws ExpressionException {
    Typed range = translator.typed(loop.iterRange());
    if (!range.kind().mayBe(Kind.LIST) && !range.kind().mayBe(Kind.MAP)) {
      throw translator.problem(
          loop.iterRange(), "a list or a map is expected, not " + range.kind().label());
    }
    Typed init = translator.typed(loop.accuInit());
    Map<String, Integer> hidden = new HashMap<>();
    int result = translator.enter(loop.accuVar(), hidden);
    int element = translator.enter(loop.iterVar(), hidden);
    Node condition = translator.typed(loop.loopCondition()).node();
    Node step = step(result);
    translator.leave(loop.iterVar(), hidden);
    Typed end = translator.typed(loop.result());
    translator.leave(loop.accuVar(), hidden);
    return Typed.of(
        end.kind() == Kind.UNKNOWN ? init.kind() : end.kind(),
        new Loop(range.node(), init.node(), condition, step, end.node(), result, element));
  }

  /** Lists grow in place: a new one each round would take quadratic time. */
  private Node step(int result) throws ExpressionException {
    CelExpr expr = loop.loopStep();
    Node grown = appended(expr, result);
    if (grown != null) {
      return grown;
    }
    if (expr.getKind() == CelExpr.ExprKind.Kind.CALL
        && expr.call().function().equals("_?_:_")
        && isResult(expr.call().args().get(2))) {
      Node append = appended(expr.call().args().get(1), result);
      if (append != null) {
        Typed condition = translator.typed(expr.call().args().get(0));
        Node unchanged = translator.typed(expr.call().args().get(2)).node();
        return scope ->
            Calls.isTrue(condition.node().eval(scope), "?")
                ? append.eval(scope)
                : unchanged.eval(scope);
      }
    }
    return translator.typed(expr).node();
  }

  private @Nullable Node appended(CelExpr expr, int result) throws ExpressionException {
    if (expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return null;
    }
    CelCall call = expr.call();
    if (!call.function().equals("_+_")
        || !isResult(call.args().get(0))
        || call.args().get(1).getKind() != CelExpr.ExprKind.Kind.LIST
        || call.args().get(1).list().elements().size() != 1) {
      return null;
    }
    Node list = translator.typed(call.args().get(0)).node();
    Node element = translator.typed(call.args().get(1).list().elements().get(0)).node();
    return scope -> {
      Object grown = list.eval(scope);
      if (!(grown instanceof ArrayList<?>)) {
        throw EvaluationException.wrongType("a list is expected, not " + Values.kindOf(grown));
      }
      @SuppressWarnings("unchecked") // the loop's own list
      List<Object> own = (List<Object>) grown;
      Object value = element.eval(scope);
      // The loops within may have the same variable.
      own.add(value);
      return own;
    };
  }

  private boolean isResult(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.IDENT
        && expr.ident().name().equals(loop.accuVar());
  }

  private record Loop(
      Node range, Node init, Node condition, Node step, Node end, int result, int element)
      implements Node {
    @Override
    public Object eval(Scope scope) throws EvaluationException {
      Object over = range.eval(scope);
      Collection<?> elements;
      if (over instanceof Map<?, ?> map) {
        elements = map.keySet();
      } else if (over instanceof Collection<?> collection) {
        elements = collection;
      } else {
        throw EvaluationException.wrongType(
            "a list or a map is expected, not " + Values.kindOf(over));
      }
      scope.local(result, init.eval(scope));
      for (Object each : elements) {
        if (!Calls.isTrue(condition.eval(scope), "a loop")) {
          break;
        }
        scope.local(element, each);
        Object next;
        try {
          next = step.eval(scope);
        } catch (EvaluationException e) {
          next = e;
        }
        scope.local(result, next);
      }
      return end.eval(scope);
    }
  }
}
