package io.dynaload.config;

import io.dynaload.error.ImportException;
import org.jspecify.annotations.Nullable;

/** A {@link Secret}. No message repeats what was written. */
record SecretType(boolean literalAllowed) implements ValueType<Secret> {
  @Override
  public @Nullable Secret read(Tree tree, Problems problems) {
    if (!(tree.node() instanceof Node.Scalar scalar)) {
      tree.mismatch(this, problems);
      return null;
    }
    if (!literalAllowed && !Reference.isIn(scalar.text())) {
      tree.add(
          problems,
          "a secret cannot be written here itself; write where it is: "
              + example()
              + ", ${file:/path}, ${ssm:NAME} or ${secretsmanager:NAME#json-key}");
      return null;
    }
    try {
      return Secret.of(scalar.text()).beginningAt(scalar.place().folder());
    } catch (ImportException e) {
      tree.add(problems, e.problem());
      return null;
    }
  }

  @Override
  public String label() {
    return literalAllowed ? "a text or a reference to one" : "a reference to a secret";
  }

  @Override
  public String example() {
    return literalAllowed ? "some-text" : "${env:LINDORM_PASSWORD}";
  }

  @Override
  public String show(Secret value) {
    return value.toString();
  }
}
