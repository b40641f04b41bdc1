package io.dynaload.transform;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.ItemDraft;
import io.dynaload.item.ItemDraft.Encoded;
import io.dynaload.item.Value;
import io.dynaload.transform.expression.EvaluationException;
import io.dynaload.transform.expression.Fault;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types that an attribute can be cast to, by DynamoDB's names. */
enum CastType {
  S(Value.S.class),
  N(Value.N.class),
  B(Value.B.class),
  BOOL(Value.Bool.class),
  L(Value.L.class),
  SS(Value.SS.class),
  NS(Value.NS.class),
  BS(Value.BS.class);

  private final Class<? extends Value> of;

  CastType(Class<? extends Value> of) {
    this.of = of;
  }

  /**
   * An attribute's value as this type; null if it stays as it is.
   *
   * @throws EvaluationException if there is no such value
   */
  @Nullable Encoded cast(String name, int index, ItemDraft draft)
      throws EvaluationException, InvalidItemException {
    Value value = draft.value(index);
    if (of.isInstance(value) || value instanceof Value.Null) {
      return null;
    }
    try {
      return draft.encode(cast(value));
    } catch (IllegalArgumentException e) {
      throw new EvaluationException(
          Fault.WRONG_TYPE, "attribute " + name + " cannot be cast to " + this);
    } catch (InvalidItemException e) {
      throw new InvalidItemException(e.reason(), "attribute " + name + ": " + e.problem());
    }
  }

  /**
   * @throws IllegalArgumentException if there is none
   */
  private Value cast(Value value) {
    return switch (this) {
      case S -> new Value.S(text(value));
      case N -> new Value.N(number(value));
      case B -> binary(value);
      case BOOL -> bool(value);
      case L -> new Value.L(elements(value));
      case SS -> {
        Set<String> texts = new LinkedHashSet<>();
        single(value).forEach(element -> texts.add(text(element)));
        yield new Value.SS(texts);
      }
      case NS -> {
        Set<String> numbers = new LinkedHashSet<>();
        single(value).forEach(element -> numbers.add(number(element)));
        yield new Value.NS(numbers);
      }
      case BS -> {
        Set<Value.B> binaries = new LinkedHashSet<>();
        single(value).forEach(element -> binaries.add(binary(element)));
        yield new Value.BS(binaries);
      }
    };
  }

  /** A number's digits stay as they are; a binary is its Base64, as in DynamoDB JSON. */
  private static String text(Value value) {
    if (value instanceof Value.S s) {
      return s.text();
    } else if (value instanceof Value.N n) {
      return n.text();
    } else if (value instanceof Value.Bool bool) {
      return String.valueOf(bool.value());
    } else if (value instanceof Value.B b) {
      return Base64.getEncoder().encodeToString(b.bytes());
    }
    throw new IllegalArgumentException();
  }

  private static String number(Value value) {
    if (value instanceof Value.S s) {
      return s.text();
    } else if (value instanceof Value.N n) {
      return n.text();
    }
    throw new IllegalArgumentException();
  }

  private static Value.B binary(Value value) {
    if (value instanceof Value.S s) {
      return new Value.B(Base64.getDecoder().decode(s.text()));
    } else if (value instanceof Value.B b) {
      return b;
    }
    throw new IllegalArgumentException();
  }

  private static Value bool(Value value) {
    if (value instanceof Value.S s) {
      String text = s.text().toLowerCase(Locale.ROOT);
      if (text.equals("true") || text.equals("false")) {
        return new Value.Bool(text.equals("true"));
      }
    }
    throw new IllegalArgumentException();
  }

  /** The elements of a list or set; one that is neither is the only one of its own. */
  private static List<Value> single(Value value) {
    return value instanceof Value.S || value instanceof Value.N || value instanceof Value.B
        ? List.of(value)
        : elements(value);
  }

  private static List<Value> elements(Value value) {
    List<Value> elements = new ArrayList<>();
    if (value instanceof Value.L l) {
      return l.elements();
    } else if (value instanceof Value.SS ss) {
      ss.elements().forEach(text -> elements.add(new Value.S(text)));
    } else if (value instanceof Value.NS ns) {
      ns.elements().forEach(number -> elements.add(new Value.N(number)));
    } else if (value instanceof Value.BS bs) {
      elements.addAll(bs.elements());
    } else {
      throw new IllegalArgumentException();
    }
    return elements;
  }
}
