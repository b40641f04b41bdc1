package io.dynaload.config;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A reference to a secret, {@code ${env:NAME}}, {@code ${file:PATH}}, {@code ${ssm:NAME}} or {@code
 * ${secretsmanager:ID#json-key}}; or, where the key allows it, a literal text. The job graph and
 * the checkpoints carry the reference; each process resolves it where it uses it. Immutable; no
 * value that was looked up is kept.
 */
public final class Secret implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * Takes the text as it stands in the file.
   *
   * @throws ImportException (CONFIGURATION) if the text is meant as a reference but is not one; its
   *     message does not repeat the text
   */
  public static Secret of(String text) {
    if (Reference.isIn(text) && Reference.parse(text).isEmpty()) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "a malformed reference; the whole value must be " + Reference.FORMS,
          "Correct it and start again.");
    }
    return new Secret(text);
  }

  /** The same, but with a relative path of {@code ${file:…}} beginning at this folder. */
  Secret beginningAt(Path folder) {
    return Reference.parse(text)
        .filter(reference -> reference.scheme() == Reference.Scheme.FILE)
        .map(reference -> new Secret("${file:" + folder.resolve(reference.name()) + "}"))
        .orElse(this);
  }

  /** Whether it is a reference, not a literal. */
  public boolean isReference() {
    return Reference.isIn(text);
  }

  /**
   * Looks the value up, now, in this process. Keep the result in a local variable. Blocks; a
   * look-up in AWS takes up to half a minute, retries included.
   *
   * @throws ImportException (CONFIGURATION) if there is no such secret, or no permission to read it
   * @throws UncheckedIOException if the service that holds it cannot be reached or is overloaded,
   *     which may pass
   */
  public String resolve() {
    Optional<Reference> reference = Reference.parse(text);
    if (reference.isEmpty()) {
      return text;
    }
    String name = reference.get().name();
    return switch (reference.get().scheme()) {
      case ENV -> environment(name);
      case FILE -> file(name);
      case SSM -> new AwsSecrets(text).parameter(name);
      case SECRETSMANAGER -> new AwsSecrets(text).secret(name);
    };
  }

  private String environment(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw unresolved(
          "the environment variable " + name + " is not set",
          "Set it for every process that uses it: this one, and the task managers of a cluster.");
    }
    return value;
  }

  private String file(String name) {
    try {
      String value = Files.readString(Path.of(name), StandardCharsets.UTF_8);
      if (value.endsWith("\n")) {
        value = value.substring(0, value.length() - (value.endsWith("\r\n") ? 2 : 1));
      }
      return value;
    } catch (NoSuchFileException e) {
      throw unresolved("there is no such file", "Create the file on every host that runs the job.");
    } catch (CharacterCodingException e) {
      throw unresolved("the file is not UTF-8 text", "Store the secret as UTF-8 text.");
    } catch (IOException | InvalidPathException e) {
      throw unresolved(
          "the file cannot be read (" + e.getClass().getSimpleName() + ")",
          "Let the user that runs this process read the file.");
    }
  }

  private ImportException unresolved(String message, String remedy) {
    return new ImportException(ErrorCode.CONFIGURATION, text + ": " + message, remedy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && text.equals(secret.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "<redacted>";
  }
}
