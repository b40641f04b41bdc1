package io.dynaload.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The keys that a section may have, in the order of the manual. Immutable. */
public final class Keys {
  private final List<Key<?>> list;

  private Keys(List<Key<?>> list) {
    this.list = List.copyOf(list);
    Set<String> names = new HashSet<>();
    for (Key<?> key : list) {
      if (!names.add(key.name())) {
        throw new IllegalArgumentException("The key " + key.name() + " is declared twice");
      }
    }
  }

  public static Keys of(Key<?>... keys) {
    return new Keys(Arrays.asList(keys));
  }

  /** These keys, then those. */
  public Keys and(Keys more) {
    return new Keys(Stream.concat(list.stream(), more.list.stream()).toList());
  }

  /** These keys, then those. */
  public Keys and(Key<?>... more) {
    return and(of(more));
  }

  public List<Key<?>> list() {
    return list;
  }

  /** A line of the section: its first required key, or else its first one. */
  String example() {
    return list.stream()
        .filter(Key::isRequired)
        .findFirst()
        .or(() -> list.stream().findFirst())
        .map(Key::exampleLine)
        .orElse("");
  }
}
