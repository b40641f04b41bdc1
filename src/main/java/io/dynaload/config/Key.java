package io.dynaload.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key of a section: its name in kebab-case, type, default, bounds and description, declared
 * once beside the record that holds the value. The reference manual is generated from these.
 *
 * @param <T> the type of the value
 */
public final class Key<T> {
  public static Key<String> text(String name) {
    throw new UnsupportedOperationException(name);
  }

  public static Key<Integer> integer(String name) {
    throw new UnsupportedOperationException(name);
  }

  public static Key<Long> longInteger(String name) {
    throw new UnsupportedOperationException(name);
  }

  public static Key<Boolean> flag(String name) {
    throw new UnsupportedOperationException(name);
  }

  /** A number and a unit: {@code 500ms}, {@code 60s}, {@code 5m}, {@code 1h}, {@code 2d}. */
  public static Key<Duration> duration(String name) {
    throw new UnsupportedOperationException(name);
  }

  /** One of an enum's constants, written in kebab-case. */
  public static <E extends Enum<E>> Key<E> choice(String name, Class<E> type) {
    throw new UnsupportedOperationException(name);
  }

  public static Key<List<String>> texts(String name) {
    throw new UnsupportedOperationException(name);
  }

  /** A secret, as a reference only: the text itself is refused. */
  public static Key<Secret> secret(String name) {
    throw new UnsupportedOperationException(name);
  }

  /** A text that may be a literal or a reference; for what is not secret in itself (a username). */
  public static Key<Secret> textOrReference(String name) {
    throw new UnsupportedOperationException(name);
  }

  /** A section below, checked against its own keys. */
  public static Key<Section> section(String name, Keys keys) {
    throw new UnsupportedOperationException(name);
  }

  /** The key must be there. */
  public Key<T> required() {
    throw new UnsupportedOperationException();
  }

  public Key<T> defaultsTo(T value) {
    throw new UnsupportedOperationException();
  }

  /** Inclusive bounds, for numbers and durations. */
  public Key<T> between(T least, T most) {
    throw new UnsupportedOperationException();
  }

  public Key<T> atLeast(T least) {
    throw new UnsupportedOperationException();
  }

  public Key<T> describedAs(String description) {
    throw new UnsupportedOperationException();
  }

  public String name() {
    throw new UnsupportedOperationException();
  }

  public @Nullable T defaultValue() {
    throw new UnsupportedOperationException();
  }
}
