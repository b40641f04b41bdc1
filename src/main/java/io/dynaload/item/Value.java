package io.dynaload.item;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An attribute's value, one record a type of DynamoDB's. Immutable by agreement: the collections
 * and arrays are not copied, so whoever hands them over or takes them out must not write to them.
 * Sets are equal whatever their order. Numbers are their decimal text and are equal by text.
 */
public sealed interface Value {
  record S(String text) implements Value {}

  /** An exact decimal number, as it is written. */
  record N(String text) implements Value {}

  record B(byte[] bytes) implements Value {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof B that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "B[" + bytes.length + " B]";
    }
  }

  record Bool(boolean value) implements Value {}

  record Null() implements Value {}

  record M(Map<String, Value> entries) implements Value {}

  record L(List<Value> elements) implements Value {}

  record SS(Set<String> elements) implements Value {}

  /** Decimal numbers as they are written; no two of the same value. */
  record NS(Set<String> elements) implements Value {}

  record BS(Set<B> elements) implements Value {}
}
