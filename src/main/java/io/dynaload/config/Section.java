package io.dynaload.config;

import io.dynaload.error.ImportException;
import java.util.Optional;

/**
 * A section of the file that has been checked against its {@link Keys}: every key known, every
 * required one there, every value of its type and within its bounds.
 */
public final class Section {
  /** The value, or the key's default. Only for a key that is required or has a default. */
  public <T> T get(Key<T> key) {
    throw new UnsupportedOperationException();
  }

  /** The value or default, if there is one. */
  public <T> Optional<T> find(Key<T> key) {
    throw new UnsupportedOperationException();
  }

  /** Whether the file has the key. */
  public boolean has(Key<?> key) {
    throw new UnsupportedOperationException();
  }

  /** An error at this key: its path, file and line stand before the message. */
  public ImportException problem(Key<?> key, String message, String remedy) {
    throw new UnsupportedOperationException();
  }
}
