package io.dynaload.transform.expression;

import io.dynaload.item.ItemDraft;
import io.dynaload.item.ItemEncoder.Name;
import io.dynaload.item.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. It keeps what it prepares (patterns, where attributes were found last), so
 * it is to be compiled anew for each thread.
 */
public final class Expression {
  private final String text;
  private final Node root;
  private final Kind kind;
  private final Reads reads;

  /**
   * What an expression may read of an item.
   *
   * @param attributes that it names
   * @param all whether it may read others as well
   */
  record Reads(Set<Name> attributes, boolean all) {}

  Expression(String text, Node root, Kind kind, Reads reads) {
    this.text = text;
    this.root = root;
    this.kind = kind;
    this.reads = reads;
  }

  /**
   * @throws ExpressionException with the place of what is wrong
   */
  public static Expression compile(String text) throws ExpressionException {
    return new Translator(text).translate();
  }

  /**
   * The same, for a condition.
   *
   * @throws ExpressionException also if the value cannot be true or false
   */
  public static Expression compileCondition(String text) throws ExpressionException {
    return compile(text).mustBe(Kind.BOOL, "a condition is true or false");
  }

  /**
   * The same, for a list.
   *
   * @throws ExpressionException also if the value cannot be a list
   */
  public static Expression compileList(String text) throws ExpressionException {
    return compile(text).mustBe(Kind.LIST, "a list is expected");
  }

  private Expression mustBe(Kind wanted, String rule) throws ExpressionException {
    if (!kind.mayBe(wanted)) {
      throw new ExpressionException(1, 1, rule + ", and this is " + kind.label());
    }
    return this;
  }

  /** The DynamoDB type of the value, as far as it is known before there is an item. */
  public @Nullable String type() {
    return switch (kind) {
      case NUMBER -> "N";
      case TEXT -> "S";
      case BOOL -> "BOOL";
      case BYTES -> "B";
      case LIST -> "L";
      case MAP -> "M";
      case NULL -> "NULL";
      case UNKNOWN -> null;
    };
  }

  /**
   * The value for an item.
   *
   * @throws EvaluationException that names this expression
   */
  public Value value(Scope scope) throws EvaluationException {
    try {
      return Values.toValue(root.eval(scope));
    } catch (EvaluationException e) {
      throw here(e);
    }
  }

  /**
   * The elements of a list that is made of maps: an item each.
   *
   * @throws EvaluationException that names this expression
   */
  public List<Map<String, Value>> items(Scope scope) throws EvaluationException {
    try {
      Object value = root.eval(scope);
      if (!(value instanceof List<?> list)) {
        throw EvaluationException.wrongType("a list is expected, not " + Values.kindOf(value));
      }
      List<Map<String, Value>> items = new ArrayList<>(list.size());
      for (Object element : list) {
        if (!(element instanceof Map<?, ?> map)) {
          throw EvaluationException.wrongType(
              "the elements of the list must be maps, not " + Values.kindOf(element));
        }
        items.add(Values.toEntries(map));
      }
      return items;
    } catch (EvaluationException e) {
      throw here(e);
    }
  }

  /**
   * Whether a condition holds; a missing attribute makes it false.
   *
   * @throws EvaluationException that names this expression
   */
  public boolean holds(Scope scope) throws EvaluationException {
    try {
      Object value = root.eval(scope);
      if (value instanceof Boolean holds) {
        return holds;
      }
      throw EvaluationException.wrongType(
          "a condition is true or false, and this is " + Values.kindOf(value));
    } catch (EvaluationException e) {
      if (e.fault() == Fault.ATTRIBUTE_MISSING) {
        return false;
      }
      throw here(e);
    }
  }

  private EvaluationException here(EvaluationException e) {
    return new EvaluationException(e.fault(), this + ": " + e.problem());
  }

  /** Whether every attribute that it may read is there: of a delete, only the key is. */
  public boolean readsOnly(ItemDraft draft) {
    if (reads.all()) {
      return false;
    }
    if (reads.attributes().isEmpty()) {
      return true;
    }
    for (Name name : reads.attributes()) {
      if (draft.find(name) < 0) {
        return false;
      }
    }
    return true;
  }

  Node root() {
    return root;
  }

  /** The text that it was compiled from, in one line. */
  @Override
  public String toString() {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
