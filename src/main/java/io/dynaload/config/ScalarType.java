package io.dynaload.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A type that is written as a single value.
 *
 * @param parser throws IllegalArgumentException with the rest of a sentence that begins with the
 *     value: "is not a whole number"
 */
record ScalarType<T>(
    String label, String example, Function<String, T> parser, Function<T, String> printer)
    implements ValueType<T> {

  @Override
  public @Nullable T read(Tree tree, Problems problems) {
    if (!(tree.node() instanceof Node.Scalar scalar)) {
      tree.mismatch(this, problems);
      return null;
    }
    if (Reference.isIn(scalar.text())) {
      tree.add(problems, Reference.REFUSED);
      return null;
    }
    try {
      return parser.apply(scalar.text());
    } catch (IllegalArgumentException e) {
      tree.add(problems, quoted(scalar.text()) + " " + e.getMessage());
      return null;
    }
  }

  @Override
  public String show(T value) {
    return printer.apply(value);
  }

  /** Shortened, and without a login that a url may hold. */
  private static String quoted(String text) {
    String shown = Masked.text(text);
    return '"' + (shown.length() > 100 ? shown.substring(0, 100) + "…" : shown) + '"';
  }
}
