package io.dynaload.transform;

import io.dynaload.item.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes parts of maps in maps. Maps that are not on the way stay as they are. */
final class Nested {
  private Nested() {}

  /** The value with nothing but what the paths name; what they name need not be there. */
  static Value only(Value value, List<List<String>> paths) {
    if (paths.stream().anyMatch(List::isEmpty) || !(value instanceof Value.M map)) {
      return value;
    }
    Map<String, Value> kept = new LinkedHashMap<>();
    map.entries()
        .forEach(
            (name, entry) -> {
              List<List<String>> below = below(name, paths);
              if (!below.isEmpty()) {
                kept.put(name, only(entry, below));
              }
            });
    return new Value.M(kept);
  }

  /** The value without what the paths name. */
  static Value without(Value value, List<List<String>> paths) {
    if (!(value instanceof Value.M map)) {
      return value;
    }
    Map<String, Value> kept = new LinkedHashMap<>();
    map.entries()
        .forEach(
            (name, entry) -> {
              List<List<String>> below = below(name, paths);
              if (below.stream().noneMatch(List::isEmpty)) {
                kept.put(name, below.isEmpty() ? entry : without(entry, below));
              }
            });
    return new Value.M(kept);
  }

  /** What is left of the paths that begin with a name. */
  private static List<List<String>> below(String name, List<List<String>> paths) {
    return paths.stream()
        .filter(path -> !path.isEmpty() && path.get(0).equals(name))
        .map(path -> path.subList(1, path.size()))
        .toList();
  }
}
