package io.dynaload.config;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A section of the file that has been checked against its {@link Keys}: every key known, every
 * required one there, every value of its type and within its bounds. Immutable.
 *
 * <p>Asking for a key that the section's keys do not have is a defect of the caller, and throws
 * IllegalArgumentException.
 */
public final class Section {
  private final Tree tree;
  private final Keys keys;
  private final Map<String, Object> values;

  Section(Tree tree, Keys keys, Map<String, Object> values) {
    this.tree = tree;
    this.keys = keys;
    this.values = Map.copyOf(values);
  }

  /**
   * The value, or the key's default. Only for a key that is required or has a default, or for a
   * section, which when left out is one of defaults.
   */
  public <T> T get(Key<T> key) {
    T value = lookUp(key);
    if (value == null) {
      value = key.absent(tree);
    }
    if (value == null) {
      throw new IllegalArgumentException(
          tree.below(key.name()) + " has no value: it is optional without a default, or wrong");
    }
    return value;
  }

  /** The value or default, if there is one. */
  public <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable(lookUp(key));
  }

  /** Whether the file has the key. */
  public boolean has(Key<?> key) {
    return tree.child(known(key).name()).isPresent();
  }

  /**
   * The folder that a relative path begins at which the key names: the file's, or the current one
   * if the value was set on the command line.
   */
  public Path folder(Key<?> key) {
    return tree.child(known(key).name()).orElse(tree).place().folder();
  }

  /** An error at this key: its path, file and line stand before the message. */
  public ImportException problem(Key<?> key, String message, String remedy) {
    String name = known(key).name();
    return tree.child(name)
        .map(child -> child.problem(message, remedy))
        .orElseGet(
            () ->
                new ImportException(
                    ErrorCode.CONFIGURATION,
                    tree.place().prefix(tree.below(name)) + message,
                    remedy));
  }

  /** An error of the section as a whole: its path, file and line stand before the message. */
  public ImportException problem(String message, String remedy) {
    return tree.problem(message, remedy);
  }

  /**
   * Gives the path and value, as it would stand in a file, of every key that must not change when
   * an import goes on from a checkpoint: defaults included, keys without a value left out.
   */
  public void identity(BiConsumer<String, String> to) {
    for (Key<?> key : keys.list()) {
      if (!key.isChangeable()) {
        identity(key, to);
      }
    }
  }

  private <T> void identity(Key<T> key, BiConsumer<String, String> to) {
    T value = lookUp(key);
    if (value instanceof Section below) {
      below.identity(to);
    } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Section) {
      list.forEach(element -> ((Section) element).identity(to));
    } else if (value != null) {
      to.accept(tree.belowRoot(key.name()), key.show(value));
    }
  }

  /**
   * The keys from the top of the file, with dots: {@code source} or {@code imports.orders.source}.
   */
  public String path() {
    return tree.path();
  }

  private <T> @Nullable T lookUp(Key<T> key) {
    Object value = values.get(known(key).name());
    if (value == null) {
      return key.defaultValue();
    }
    @SuppressWarnings("unchecked") // the reader stored what this key's type made
    T typed = (T) value;
    return typed;
  }

  private <T> Key<T> known(Key<T> key) {
    if (keys.list().stream().noneMatch(declared -> declared.name().equals(key.name()))) {
      throw new IllegalArgumentException(tree.path() + " is not checked for the key " + key.name());
    }
    return key;
  }

  /** Says where it is, not what it holds. */
  @Override
  public String toString() {
    return tree.toString();
  }
}
