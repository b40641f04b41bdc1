package io.dynaload.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the keys of one section over those of another, section by section. */
final class Merge {
  private Merge() {}

  /**
   * Both sections' keys, in the order of the shared ones. What both have is the own one's, but if
   * it is a section in both, they are merged in turn, and if the own one has no value, none stays.
   */
  static Node.Mapping over(Node.Mapping own, Node.Mapping shared) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    shared
        .entries()
        .forEach(
            (key, entry) ->
                entries.put(key, new Node.Entry(entry.keyPlace(), entry.value(), true)));
    own.entries().forEach((key, entry) -> entries.merge(key, entry, Merge::over));
    return new Node.Mapping(own.place(), entries);
  }

  private static Node.@Nullable Entry over(Node.Entry shared, Node.Entry own) {
    if (own.value() instanceof Node.Missing) {
      return null;
    }
    return shared.value() instanceof Node.Mapping below && own.value() instanceof Node.Mapping above
        ? new Node.Entry(own.keyPlace(), over(above, below))
        : own;
  }
}
