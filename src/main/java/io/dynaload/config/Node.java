package io.dynaload.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of the file as it is written, with its place. Immutable. */
sealed interface Node {
  Place place();

  /** What it is, for a message: "a text". */
  String what();

  /** A text, number, flag or date; always as it is written. */
  record Scalar(Place place, String text) implements Node {
    @Override
    public String what() {
      return "a single value";
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
  }

  record Sequence(Place place, List<Node> elements) implements Node {
    public Sequence {
      elements = List.copyOf(elements);
    }

    @Override
    public String what() {
      return "a list";
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
  }

  /** A key's place and its value. */
  record Entry(Place keyPlace, Node value) {}
}
