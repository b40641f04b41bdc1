package io.dynaload.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A value of the file as it is written, with its place. Immutable. */
sealed interface Node {
  Place place();

  /** What it is, for a message: "a text". */
  String what();

  /**
   * All of it in one line of YAML; the same for the same content, wherever and however it stands.
   */
  String show();

  /** A text, number, flag or date; always as it is written. */
  record Scalar(Place place, String text) implements Node {
    @Override
    public String what() {
      return "a single value";
    }

    @Override
    public String show() {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Says nothing of the text: it may be a secret that was written into the wrong place. */
    @Override
    public String toString() {
      return "Scalar[" + place + "]";
    }
  }

  /** Nothing, {@code null} or {@code ~}. */
  record Missing(Place place) implements Node {
    @Override
    public String what() {
      return "nothing";
    }

    @Override
    public String show() {
      return "null";
    }
  }

  record Sequence(Place place, List<Node> elements) implements Node {
    public Sequence {
      elements = List.copyOf(elements);
    }

    @Override
    public String what() {
      return "a list";
    }

    @Override
    public String show() {
      return elements.stream().map(Node::show).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** Keys in the order of the file. */
  record Mapping(Place place, Map<String, Entry> entries) implements Node {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String what() {
      return "a section";
    }

    @Override
    public String show() {
      return entries.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + entry.getValue().value().show())
          .collect(Collectors.joining(", ", "{", "}"));
    }
  }

  /**
   * A key's place and its value.
   *
   * @param isShared whether it stands in the section that several imports share, not in their own
   */
  record Entry(Place keyPlace, Node value, boolean isShared) {
    Entry(Place keyPlace, Node value) {
      this(keyPlace, value, false);
    }
  }
}
