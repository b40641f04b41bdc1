package io.dynaload.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Checks one section against its keys and adds up everything that is wrong. */
final class SectionReader {
  private final Tree tree;
  private final Keys keys;
  private final Problems problems;
  private final Map<String, Object> values = new HashMap<>();

  SectionReader(Tree tree, Keys keys, Problems problems) {
    this.tree = tree;
    this.keys = keys;
    this.problems = problems;
  }

  Section read() {
    if (tree.node() instanceof Node.Mapping mapping) {
      refuseUnknown(mapping);
      for (Key<?> key : keys.list()) {
        tree.read(key, problems).ifPresent(value -> values.put(key.name(), value));
      }
    } else {
      tree.add(
          problems,
          "expected keys below it, for example \""
              + keys.example()
              + "\"; found "
              + tree.node().what());
    }
    return new Section(tree, keys, values);
  }

  private void refuseUnknown(Node.Mapping mapping) {
    List<String> known = keys.list().stream().map(Key::name).toList();
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (!known.contains(name)) {
                Objects.requireNonNull(tree.children().get(name))
                    .add(
                        problems,
                        "unknown key" + hint(name, known) + " Known: " + String.join(", ", known));
              }
            });
  }

  private static String hint(String name, List<String> known) {
    String hint = Nearest.hint(name, known);
    return hint.isEmpty() ? "." : hint;
  }
}
