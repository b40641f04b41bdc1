package io.dynaload.config;

import org.jspecify.annotations.Nullable;

/** How the values of a key are read, described and shown. Implementations are immutable. */
interface ValueType<T> {
  /** The value, or null after a problem was added. The tree is never {@link Node.Missing}. */
  @Nullable T read(Tree tree, Problems problems);

  /** What is expected, with its article: "a whole number". */
  String label();

  /** A value as it can stand in a file. */
  String example();

  /** A value as it would stand in a file. */
  String show(T value);
}
