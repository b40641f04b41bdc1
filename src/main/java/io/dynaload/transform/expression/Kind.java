package io.dynaload.transform.expression;

import dev.cel.common.types.CelType;

/** What is known of a value before there is an item. */
enum Kind {
  NUMBER("a number"),
  TEXT("a text"),
  BOOL("a boolean"),
  BYTES("a binary"),
  LIST("a list"),
  MAP("a map"),
  NULL("null"),
  UNKNOWN("anything");

  private final String label;

  Kind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static Kind of(CelType type) {
    return switch (type.kind()) {
      case INT, UINT, DOUBLE -> NUMBER;
      case STRING -> TEXT;
      case BOOL -> BOOL;
      case BYTES -> BYTES;
      case LIST -> LIST;
      case MAP -> MAP;
      case NULL_TYPE -> NULL;
      default -> UNKNOWN;
    };
  }

  /** Whether a value of this kind may turn out to be of that one. */
  boolean mayBe(Kind other) {
    return this == other || this == UNKNOWN || other == UNKNOWN;
  }
}
