package io.dynaload.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types that are written as lists and sections. */
final class CompositeTypes {
  private CompositeTypes() {}

  /** A list whose elements are all of one type. */
  record ListOf<T>(ValueType<T> element, String label, String example)
      implements ValueType<List<T>> {
    @Override
    public @Nullable List<T> read(Tree tree, Problems problems) {
      if (!(tree.node() instanceof Node.Sequence)) {
        tree.mismatch(this, problems);
        return null;
      }
      List<T> values = new ArrayList<>();
      for (Tree child : tree.elements()) {
        T value = child.read(element, problems);
        if (value != null) {
          values.add(value);
        }
      }
      return List.copyOf(values);
    }

    @Override
    public String show(List<T> value) {
      return value.stream().map(element::show).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** A section whose keys are free and whose values are of one type; in the order of the file. */
  record MapOf<T>(ValueType<T> element, String label, String example)
      implements ValueType<Map<String, T>> {
    @Override
    public @Nullable Map<String, T> read(Tree tree, Problems problems) {
      if (!(tree.node() instanceof Node.Mapping)) {
        tree.mismatch(this, problems);
        return null;
      }
      Map<String, T> values = new LinkedHashMap<>();
      tree.children()
          .forEach(
              (name, child) -> {
                T value = child.read(element, problems);
                if (value != null) {
                  values.put(name, value);
                }
              });
      return Collections.unmodifiableMap(values);
    }

    @Override
    public String show(Map<String, T> value) {
      return value.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + element.show(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
  }

  /** A section with keys of its own. */
  record SectionOf(Keys keys) implements ValueType<Section> {
    @Override
    public Section read(Tree tree, Problems problems) {
      return tree.check(keys, problems);
    }

    @Override
    public String label() {
      return "a section";
    }

    @Override
    public String example() {
      return "{" + keys.example() + "}";
    }

    @Override
    public String show(Section value) {
      return "{…}";
    }
  }

  /** Anything, to be read by whoever declares the key. */
  record Raw(String label, String example) implements ValueType<Tree> {
    @Override
    public Tree read(Tree tree, Problems problems) {
      return tree;
    }

    @Override
    public String show(Tree value) {
      return value.node().show();
    }
  }
}
