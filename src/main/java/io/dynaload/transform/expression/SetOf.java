package io.dynaload.transform.expression;

import java.util.AbstractList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A DynamoDB set: a list to every expression, and still a set when it comes out. Immutable. */
final class SetOf extends AbstractList<Object> {
  enum Type {
    SS,
    NS,
    BS
  }

  private final Type type;
  private final List<Object> elements;

  SetOf(Type type, List<Object> elements) {
    this.type = type;
    this.elements = elements;
  }

  Type type() {
    return type;
  }

  @Override
  public Object get(int index) {
    return elements.get(index);
  }

  @Override
  public int size() {
    return elements.size();
  }

  /** Sets are equal whatever their order; a set and a list never are. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SetOf that
        && type == that.type
        && elements.size() == that.elements.size()
        && new HashSet<>(elements).equals(new HashSet<>(that.elements));
  }

  @Override
  public int hashCode() {
    return new HashSet<>(elements).hashCode();
  }
}
