package io.dynaload.transform.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelReference;
import io.dynaload.item.ItemEncoder.Name;
import io.dynaload.item.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes nodes of a checked syntax tree, and refuses what can be known to fail. Used once. */
final class Translator {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]*\\.?[0-9]+([eE][+-]?[0-9]+)?");

  private final String text;
  private final CelAbstractSyntaxTree tree;
  private final Map<String, Integer> locals = new HashMap<>();
  private int depth;
  private final Map<String, Name> attributes = new LinkedHashMap<>();
  private boolean readsAll;

  /**
   * A node and what is known of its value.
   *
   * @param constant the value, if it is the same for every item
   */
  record Typed(Node node, Kind kind, @Nullable Object constant) {
    static Typed of(Kind kind, Node node) {
      return new Typed(node, kind, null);
    }
  }

  Translator(String text) throws ExpressionException {
    this.text = text;
    this.tree = Language.parse(text);
  }

  Expression translate() throws ExpressionException {
    Typed root = typed(tree.getExpr());
    return new Expression(
        text,
        root.node(),
        root.kind(),
        new Expression.Reads(Set.copyOf(attributes.values()), readsAll));
  }

  Typed typed(CelExpr expr) throws ExpressionException {
    return switch (expr.getKind()) {
      case CONSTANT -> constant(expr);
      case IDENT -> variable(expr, expr.ident().name());
      case SELECT -> select(expr, expr.select());
      case CALL -> call(expr, expr.call());
      case LIST -> list(expr.list().elements());
      case MAP -> map(expr.map());
      case COMPREHENSION -> new Comprehension(this, expr.comprehension()).typed();
      case STRUCT, NOT_SET -> throw problem(expr, "there are no messages in these expressions");
    };
  }

  private Typed constant(CelExpr expr) throws ExpressionException {
    CelConstant constant = expr.constant();
    return switch (constant.getKind()) {
      case NULL_VALUE -> constant(Kind.NULL, Nothing.NULL);
      case BOOLEAN_VALUE -> constant(Kind.BOOL, constant.booleanValue());
      case INT64_VALUE -> constant(Kind.NUMBER, BigDecimal.valueOf(constant.int64Value()));
      case UINT64_VALUE ->
          constant(Kind.NUMBER, new BigDecimal(constant.uint64Value().bigIntegerValue()));
      case DOUBLE_VALUE -> constant(Kind.NUMBER, decimal(expr, constant.doubleValue()));
      case STRING_VALUE -> constant(Kind.TEXT, constant.stringValue());
      case BYTES_VALUE -> constant(Kind.BYTES, new Value.B(constant.bytesValue().toByteArray()));
      case TIMESTAMP_VALUE, DURATION_VALUE, NOT_SET ->
          throw problem(expr, "a literal of this kind is not known");
    };
  }

  private static Typed constant(Kind kind, Object value) {
    return new Typed(scope -> value, kind, value);
  }

  /** The parser has made a double of it; what was written is exact. */
  private BigDecimal decimal(CelExpr expr, double parsed) throws ExpressionException {
    Integer at = tree.getSource().getPositionsMap().get(expr.id());
    int start = at == null ? 0 : text.offsetByCodePoints(0, at);
    if (start < text.length() && text.charAt(start) == '-') {
      start++;
    }
    Matcher written = DECIMAL.matcher(text).region(start, text.length());
    if (at == null || !written.lookingAt()) {
      return BigDecimal.valueOf(parsed);
    }
    BigDecimal exact = new BigDecimal(written.group());
    if (Math.abs((long) exact.scale()) > Values.MAX_MAGNITUDE) {
      throw problem(expr, "the number is far beyond what DynamoDB holds");
    }
    return parsed < 0 ? exact.negate() : exact;
  }

  private Typed variable(CelExpr expr, String name) throws ExpressionException {
    Integer local = locals.get(name);
    if (local != null) {
      return Typed.of(Kind.UNKNOWN, local(local));
    }
    return switch (name) {
      case Language.ITEM -> {
        readsAll = true;
        yield Typed.of(Kind.MAP, scope -> Values.ofEntries(scope.draft().asMap()));
      }
      case Language.NOW -> Typed.of(Kind.NUMBER, Scope::now);
      case Language.TABLE -> Typed.of(Kind.TEXT, Scope::table);
      case Language.FILE -> Typed.of(Kind.TEXT, Scope::file);
      default -> throw problem(expr, "undeclared reference to '" + name + "'");
    };
  }

  /** A variable of a macro; what went wrong when its value was computed goes wrong here. */
  private static Node local(int index) {
    return scope -> {
      Object value = scope.local(index);
      if (value instanceof EvaluationException e) {
        throw e;
      }
      if (value == null) {
        throw new IllegalStateException("a variable without a value");
      }
      return value;
    };
  }

  private Typed select(CelExpr expr, CelSelect select) throws ExpressionException {
    Optional<CelReference> variable = tree.getReference(expr.id());
    if (variable.isPresent() && !variable.get().name().isEmpty()) {
      return variable(expr, variable.get().name());
    }
    if (isItem(select.operand())) {
      return attribute(expr, select.field(), select.testOnly());
    }
    Typed operand = typed(select.operand());
    mustBe(Kind.MAP, operand, select.operand(), "." + select.field());
    return Selection.of(operand, select);
  }

  private boolean isItem(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.IDENT
        && expr.ident().name().equals(Language.ITEM)
        && !locals.containsKey(Language.ITEM);
  }

  private Typed attribute(CelExpr expr, String field, boolean testOnly) throws ExpressionException {
    Name name = attributes.get(field);
    if (name == null) {
      try {
        name = new Name(field);
      } catch (IllegalArgumentException e) {
        throw problem(expr, String.valueOf(e.getMessage()));
      }
      attributes.put(field, name);
    }
    Attribute attribute = new Attribute(name);
    return testOnly ? Typed.of(Kind.BOOL, attribute::isThere) : Typed.of(Kind.UNKNOWN, attribute);
  }

  private Typed list(List<CelExpr> elements) throws ExpressionException {
    Node[] nodes = new Node[elements.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = typed(elements.get(i)).node();
    }
    return Typed.of(
        Kind.LIST,
        scope -> {
          List<Object> list = new ArrayList<>(nodes.length);
          for (Node node : nodes) {
            list.add(node.eval(scope));
          }
          return list;
        });
  }

  private Typed map(CelExpr.CelMap map) throws ExpressionException {
    int size = map.entries().size();
    Node[] keys = new Node[size];
    Node[] values = new Node[size];
    for (int i = 0; i < size; i++) {
      CelExpr.CelMap.Entry entry = map.entries().get(i);
      Typed key = typed(entry.key());
      mustBe(Kind.TEXT, key, entry.key(), "the key of a map");
      keys[i] = key.node();
      values[i] = typed(entry.value()).node();
    }
    return Typed.of(
        Kind.MAP,
        scope -> {
          Map<Object, Object> entries = new LinkedHashMap<>();
          for (int i = 0; i < size; i++) {
            entries.put(keys[i].eval(scope), values[i].eval(scope));
          }
          return entries;
        });
  }

  private Typed call(CelExpr expr, CelCall call) throws ExpressionException {
    if (call.function().equals("_[_]") && isItem(call.args().get(0))) {
      Typed name = typed(call.args().get(1));
      if (name.constant() instanceof String field) {
        return attribute(expr, field, false);
      }
    }
    List<CelExpr> operands = new ArrayList<>();
    call.target().ifPresent(operands::add);
    operands.addAll(call.args());
    List<Typed> arguments = new ArrayList<>();
    for (CelExpr operand : operands) {
      arguments.add(typed(operand));
    }
    try {
      return Calls.of(call.function(), call.target().isPresent(), arguments);
    } catch (IllegalArgumentException e) {
      throw problem(expr, String.valueOf(e.getMessage()));
    }
  }

  /** Declares a variable of a macro and returns its index; {@link #leave} ends it. */
  int enter(String name, Map<String, Integer> hidden) {
    Integer before = locals.put(name, depth);
    if (before != null) {
      hidden.put(name, before);
    }
    return depth++;
  }

  void leave(String name, Map<String, Integer> hidden) {
    Integer before = hidden.get(name);
    if (before == null) {
      locals.remove(name);
    } else {
      locals.put(name, before);
    }
  }

  void mustBe(Kind wanted, Typed found, CelExpr at, String what) throws ExpressionException {
    if (!found.kind().mayBe(wanted)) {
      throw problem(at, what + " needs " + wanted.label() + ", not " + found.kind().label());
    }
  }

  ExpressionException problem(CelExpr at, String message) {
    Integer position = tree.getSource().getPositionsMap().get(at.id());
    int offset = position == null ? 0 : text.offsetByCodePoints(0, position);
    int line = 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    return new ExpressionException(line, text.codePointCount(lineStart, offset) + 1, message);
  }
}
