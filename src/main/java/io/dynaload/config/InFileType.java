package io.dynaload.config;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type that is written as a single value, or as {@code ${file:PATH}}, where the value stands. The
 * file is not read here: whoever uses the value reads it, again and again.
 *
 * @param inFile makes the value that stands for a file, by its path: absolute, or with a scheme
 */
record InFileType<T>(ScalarType<T> literal, Function<String, T> inFile) implements ValueType<T> {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

  @Override
  public @Nullable T read(Tree tree, Problems problems) {
    if (tree.node() instanceof Node.Scalar scalar) {
      Reference reference = Reference.parse(scalar.text()).orElse(null);
      if (reference != null && reference.scheme() == Reference.Scheme.FILE) {
        String path = reference.name();
        boolean whole = SCHEME.matcher(path).matches();
        return inFile.apply(
            whole ? path : scalar.place().folder().resolve(path).toAbsolutePath().toString());
      }
    }
    return literal.read(tree, problems);
  }

  @Override
  public String label() {
    return literal.label() + ", or ${file:PATH}";
  }

  @Override
  public String example() {
    return literal.example();
  }

  @Override
  public String show(T value) {
    return literal.show(value);
  }
}
