package io.dynaload.transform.expression;

import io.dynaload.transform.expression.Translator.Typed;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes of operators and functions. What can only fail is an IllegalArgumentException. */
final class Calls {
  private Calls() {}

  @FunctionalInterface
  private interface Binary {
    Object apply(Object a, Object b) throws EvaluationException;
  }

  static Typed of(String name, boolean member, List<Typed> operands) {
    return switch (name) {
      case "_+_" -> addition(operands);
      case "_-_" -> arithmetic("-", operands, Operators::subtract);
      case "_*_" -> arithmetic("*", operands, Operators::multiply);
      case "_/_" -> arithmetic("/", operands, Operators::divide);
      case "_%_" -> arithmetic("%", operands, Operators::remainder);
      case "-_" -> negation(operands.get(0));
      case "_<_" -> comparison("<", operands, (a, b) -> Operators.compare(a, b, "<") < 0);
      case "_<=_" -> comparison("<=", operands, (a, b) -> Operators.compare(a, b, "<=") <= 0);
      case "_>_" -> comparison(">", operands, (a, b) -> Operators.compare(a, b, ">") > 0);
      case "_>=_" -> comparison(">=", operands, (a, b) -> Operators.compare(a, b, ">=") >= 0);
      case "_==_" -> binary(Kind.BOOL, operands, Operators::equal);
      case "_!=_" -> binary(Kind.BOOL, operands, (a, b) -> !Operators.equal(a, b));
      case "@in" -> membership(operands);
      case "_[_]" -> element(operands);
      case "!_" -> not(operands.get(0).node());
      case "_&&_" -> decided(operands, false, "&&");
      case "_||_" -> decided(operands, true, "||");
      case "_?_:_" -> conditional(operands);
      case "@not_strictly_false" -> notStrictlyFalse(operands.get(0).node());
      default -> function(name, member, operands);
    };
  }

  private static Typed binary(Kind kind, List<Typed> operands, Binary operator) {
    Node a = operands.get(0).node();
    Node b = operands.get(1).node();
    return Typed.of(kind, scope -> operator.apply(a.eval(scope), b.eval(scope)));
  }

  private static Typed addition(List<Typed> operands) {
    Kind a = operands.get(0).kind();
    Kind b = operands.get(1).kind();
    Kind known = a == Kind.UNKNOWN ? b : a;
    if (!a.mayBe(b) || !(known.mayBe(Kind.NUMBER) || known == Kind.TEXT || known == Kind.LIST)) {
      throw new IllegalArgumentException(
          "+ needs two numbers, two texts or two lists, not " + a.label() + " and " + b.label());
    }
    return binary(known, operands, Operators::add);
  }

  private static Typed arithmetic(String operator, List<Typed> operands, Binary apply) {
    for (Typed operand : operands) {
      if (!operand.kind().mayBe(Kind.NUMBER)) {
        throw new IllegalArgumentException(
            operator + " needs numbers, not " + operand.kind().label());
      }
    }
    if ("/%".contains(operator)
        && operands.get(1).constant() instanceof BigDecimal divisor
        && divisor.signum() == 0) {
      throw new IllegalArgumentException("a division by zero");
    }
    return binary(Kind.NUMBER, operands, apply);
  }

  private static Typed negation(Typed operand) {
    if (!operand.kind().mayBe(Kind.NUMBER)) {
      throw new IllegalArgumentException("- needs a number, not " + operand.kind().label());
    }
    Node of = operand.node();
    return Typed.of(Kind.NUMBER, scope -> Operators.number(of.eval(scope), "-").negate());
  }

  private static Typed comparison(String operator, List<Typed> operands, Binary apply) {
    Kind a = operands.get(0).kind();
    Kind b = operands.get(1).kind();
    Kind known = a == Kind.UNKNOWN ? b : a;
    if (!a.mayBe(b) || known == Kind.LIST || known == Kind.MAP || known == Kind.NULL) {
      throw new IllegalArgumentException(
          operator + " needs two numbers or two texts, not " + a.label() + " and " + b.label());
    }
    return binary(Kind.BOOL, operands, apply);
  }

  private static Typed membership(List<Typed> operands) {
    Kind in = operands.get(1).kind();
    if (!in.mayBe(Kind.LIST) && !in.mayBe(Kind.MAP)) {
      throw new IllegalArgumentException("in needs a list or a map, not " + in.label());
    }
    return binary(Kind.BOOL, operands, Operators::in);
  }

  private static Typed element(List<Typed> operands) {
    Kind of = operands.get(0).kind();
    Kind at = operands.get(1).kind();
    if (!of.mayBe(Kind.LIST) && !of.mayBe(Kind.MAP)) {
      throw new IllegalArgumentException("[ ] needs a list or a map, not " + of.label());
    }
    Kind wanted = of == Kind.LIST ? Kind.NUMBER : of == Kind.MAP ? Kind.TEXT : Kind.UNKNOWN;
    if (!at.mayBe(wanted)) {
      throw new IllegalArgumentException(
          "[ ] of " + of.label() + " needs " + wanted.label() + ", not " + at.label());
    }
    return binary(Kind.UNKNOWN, operands, Operators::index);
  }

  private static Typed not(Node of) {
    return Typed.of(Kind.BOOL, scope -> !isTrue(of.eval(scope), "!"));
  }

  /** As CEL has it, an error on one side does not matter if the other side decides. */
  private static Typed decided(List<Typed> operands, boolean by, String operator) {
    Node a = operands.get(0).node();
    Node b = operands.get(1).node();
    return Typed.of(
        Kind.BOOL,
        scope -> {
          boolean first;
          try {
            first = isTrue(a.eval(scope), operator);
          } catch (EvaluationException e) {
            if (isTrue(b.eval(scope), operator) == by) {
              return by;
            }
            throw e;
          }
          return first == by ? (Object) by : (Object) isTrue(b.eval(scope), operator);
        });
  }

  private static Typed conditional(List<Typed> operands) {
    Node condition = operands.get(0).node();
    Node yes = operands.get(1).node();
    Node no = operands.get(2).node();
    Kind kind = operands.get(1).kind();
    return Typed.of(
        kind == operands.get(2).kind() ? kind : Kind.UNKNOWN,
        scope -> isTrue(condition.eval(scope), "?") ? yes.eval(scope) : no.eval(scope));
  }

  private static Typed notStrictlyFalse(Node of) {
    return Typed.of(
        Kind.BOOL,
        scope -> {
          try {
            return isTrue(of.eval(scope), "a loop");
          } catch (EvaluationException e) {
            return true;
          }
        });
  }

  static boolean isTrue(Object value, String operator) throws EvaluationException {
    if (value instanceof Boolean bool) {
      return bool;
    }
    throw EvaluationException.wrongType(
        operator + " needs true or false, not " + Values.kindOf(value));
  }

  private static Typed function(String name, boolean member, List<Typed> operands) {
    List<Kind> kinds = operands.stream().map(Typed::kind).toList();
    List<Function> fitting =
        Language.FUNCTIONS.stream()
            .filter(f -> f.name().equals(name) && f.member() == member && f.takes(kinds))
            .toList();
    if (fitting.isEmpty()) {
      throw new IllegalArgumentException(Mismatch.of(name, member, kinds));
    }
    @Nullable Object[] constants = operands.stream().map(Typed::constant).toArray();
    Call[] calls = new Call[fitting.size()];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = Call.of(fitting.get(i), operands);
      calls[i].site().check(constants);
    }
    Kind kind = Kind.of(fitting.get(0).result());
    return Typed.of(kind, calls.length == 1 ? calls[0] : new Overloaded(calls));
  }

  /** A call of one function; the arguments' kinds are looked at for every item. */
  private record Call(Function.Site site, String name, Kind[] kinds, Node[] arguments)
      implements Node {
    static Call of(Function function, List<Typed> operands) {
      return new Call(
          function.site().get(),
          function.name(),
          function.parameters().stream().map(Kind::of).toArray(Kind[]::new),
          operands.stream().map(Typed::node).toArray(Node[]::new));
    }

    @Override
    public Object eval(Scope scope) throws EvaluationException {
      Object[] values = values(arguments, scope);
      for (int i = 0; i < values.length; i++) {
        if (!Values.isOf(values[i], kinds[i])) {
          throw EvaluationException.wrongType(
              name + " needs " + kinds[i].label() + ", not " + Values.kindOf(values[i]));
        }
      }
      return site.call(values);
    }

    boolean takes(Object[] values) {
      for (int i = 0; i < values.length; i++) {
        if (!Values.isOf(values[i], kinds[i])) {
          return false;
        }
      }
      return true;
    }

    static Object[] values(Node[] arguments, Scope scope) throws EvaluationException {
      Object[] values = new Object[arguments.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = arguments[i].eval(scope);
      }
      return values;
    }
  }

  /** A function of which the item's values decide. */
  private record Overloaded(Call[] calls) implements Node {
    @Override
    public Object eval(Scope scope) throws EvaluationException {
      Object[] values = Call.values(calls[0].arguments(), scope);
      for (Call call : calls) {
        if (call.takes(values)) {
          return call.site().call(values);
        }
      }
      throw EvaluationException.wrongType(
          calls[0].name() + " cannot be called with " + Values.kindOf(values[0]));
    }
  }
}
