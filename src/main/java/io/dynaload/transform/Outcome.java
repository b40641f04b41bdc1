package io.dynaload.transform;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of items after steps: attributes by name, each with its DynamoDB type. */
final class Outcome {
  /** The type of an attribute of which nothing more is known. */
  static final String ANY = "?";

  private Outcome() {}

  /** Of a step that may or may not have been done. */
  static Map<String, String> either(Map<String, String> before, Map<String, String> after) {
    Map<String, String> either = new LinkedHashMap<>(before);
    either.putAll(after);
    either.replaceAll(
        (name, type) -> type.equals(before.get(name)) && type.equals(after.get(name)) ? type : ANY);
    return either;
  }
}
