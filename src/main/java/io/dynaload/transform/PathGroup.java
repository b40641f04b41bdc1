package io.dynaload.transform;

import io.dynaload.item.ItemEncoder.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths that lie in one attribute.
 *
 * @param below what follows the attribute's name in each; empty if the whole attribute is meant
 */
record PathGroup(Name attribute, List<List<String>> below) {
  static PathGroup[] of(List<AttributePath> paths) {
    Map<String, List<List<String>>> groups = new LinkedHashMap<>();
    for (AttributePath path : paths) {
      groups
          .computeIfAbsent(path.attribute(), name -> new ArrayList<>())
          .add(path.names().subList(1, path.names().size()));
    }
    List<PathGroup> list = new ArrayList<>();
    groups.forEach(
        (name, below) ->
            list.add(
                new PathGroup(
                    new Name(name),
                    below.stream().anyMatch(List::isEmpty) ? List.of() : List.copyOf(below))));
    return list.toArray(PathGroup[]::new);
  }
}
