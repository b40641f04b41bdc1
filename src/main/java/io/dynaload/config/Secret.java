package io.dynaload.config;

import java.io.Serializable;

/**
 * A reference to a secret, {@code ${env:NAME}}, {@code ${file:PATH}}, {@code ${ssm:NAME}} or {@code
 * ${secretsmanager:ID#json-key}}; or, where the key allows it, a literal text. The job graph and
 * the checkpoints carry the reference; each process resolves it where it uses it.
 */
public final class Secret implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** Takes the text as it stands in the file; validates a reference's form. */
  public static Secret of(String text) {
    return new Secret(text);
  }

  /**
   * Looks the value up, now, in this process. Keep the result in a local variable.
   *
   * @throws io.dynaload.error.ImportException (CONFIGURATION) if there is no such secret
   */
  public String resolve() {
    throw new UnsupportedOperationException(text);
  }

  @Override
  public String toString() {
    return "<redacted>";
  }
}
