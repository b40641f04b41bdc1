package io.dynaload.item;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether DynamoDB holds two valid values for the same, as {@link ItemView#isSameAs} says. */
final class SameValue {
  private SameValue() {}

  static boolean of(Map<String, Value> one, Map<String, Value> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (Map.Entry<String, Value> entry : one.entrySet()) {
      @Nullable Value there = other.get(entry.getKey());
      if (there == null || !of(entry.getValue(), there)) {
        return false;
      }
    }
    return true;
  }

  private static boolean of(Value one, Value other) {
    if (one instanceof Value.N a && other instanceof Value.N b) {
      return number(a.text()).equals(number(b.text()));
    } else if (one instanceof Value.NS a && other instanceof Value.NS b) {
      return numbers(a).equals(numbers(b));
    } else if (one instanceof Value.M a && other instanceof Value.M b) {
      return of(a.entries(), b.entries());
    } else if (one instanceof Value.L a && other instanceof Value.L b) {
      return of(a.elements(), b.elements());
    }
    return one.equals(other);
  }

  private static boolean of(List<Value> one, List<Value> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!of(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Set<ByteBuffer> numbers(Value.NS set) {
    return set.elements().stream().map(SameValue::number).collect(Collectors.toSet());
  }

  private static ByteBuffer number(String text) {
    return ByteBuffer.wrap(DecimalText.canonical(text));
  }
}
