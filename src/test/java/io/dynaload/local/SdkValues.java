package io.dynaload.local;

import io.dynaload.item.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns the SDK's attribute values into ours. */
public final class SdkValues {
  private SdkValues() {}

  public static Map<String, Value> of(Map<String, AttributeValue> attributes) {
    Map<String, Value> values = new LinkedHashMap<>();
    attributes.forEach((name, value) -> values.put(name, of(value)));
    return values;
  }

  public static Value of(AttributeValue value) {
    return switch (value.type()) {
      case S -> new Value.S(value.s());
      case N -> new Value.N(value.n());
      case B -> binary(value.b());
      case BOOL -> new Value.Bool(value.bool());
      case NUL -> new Value.Null();
      case M -> new Value.M(of(value.m()));
      case L -> new Value.L(value.l().stream().map(SdkValues::of).toList());
      case SS -> new Value.SS(new LinkedHashSet<>(value.ss()));
      case NS -> new Value.NS(new LinkedHashSet<>(value.ns()));
      case BS -> new Value.BS(binaries(value));
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("unknown type");
    };
  }

  private static Set<Value.B> binaries(AttributeValue value) {
    return value.bs().stream()
        .map(SdkValues::binary)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Value.B binary(SdkBytes bytes) {
    return new Value.B(bytes.asByteArray());
  }
}
