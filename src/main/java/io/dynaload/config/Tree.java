package io.dynaload.config;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of the file that has not been checked yet: it knows what was written and where, not what
 * may be written. Immutable. {@link #check} makes a {@link Section} of it.
 */
public final class Tree {
  private final String path;
  private final Place place;
  private final Node node;

  Tree(String path, Place place, Node node) {
    this.path = path;
    this.place = place;
    this.node = node;
  }

  Node node() {
    return node;
  }

  /** Where its key stands, or, of an element of a list, where it begins. */
  Place place() {
    return place;
  }

  /** The keys from the top of the file, with dots; list elements are counted from 0. */
  public String path() {
    return path;
  }

  /** The single value as it is written; empty where it is a list, a section or nothing. */
  public Optional<String> text() {
    return node instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
  }

  /** The single value of a key below, as it is written. */
  public Optional<String> text(String key) {
    return child(key).flatMap(Tree::text);
  }

  public boolean isList() {
    return node instanceof Node.Sequence;
  }

  public boolean isSection() {
    return node instanceof Node.Mapping;
  }

  /** What stands below a key; empty where the key is not there. */
  public Optional<Tree> child(String key) {
    return Optional.ofNullable(children().get(key));
  }

  /** What stands below each key, in the order of the file; empty where this is not a section. */
  public Map<String, Tree> children() {
    Map<String, Tree> children = new LinkedHashMap<>();
    if (node instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, entry) ->
                  children.put(key, new Tree(below(key), entry.keyPlace(), entry.value())));
    }
    return children;
  }

  /** The elements of a list; empty where this is not a list. */
  public List<Tree> elements() {
    List<Tree> elements = new ArrayList<>();
    if (node instanceof Node.Sequence sequence) {
      for (Node element : sequence.elements()) {
        elements.add(new Tree(below(String.valueOf(elements.size())), element.place(), element));
      }
    }
    return elements;
  }

  /**
   * Checks this section and the sections in it against the keys that it may have, and adds what is
   * wrong to {@code problems}. What was read is complete only if nothing was added.
   */
  public Section check(Keys keys, Problems problems) {
    return new SectionReader(this, keys, problems).read();
  }

  /**
   * Checks this section.
   *
   * @throws ImportException (CONFIGURATION) with everything that is wrong
   */
  public Section check(Keys keys) {
    Problems problems = new Problems();
    Section section = check(keys, problems);
    problems.throwIfAny();
    return section;
  }

  /**
   * Reads one key of this section while the others are not known yet: the {@code type} that says
   * which they are. A problem, or that a required key is missing, is added to {@code problems}.
   */
  public <T> Optional<T> read(Key<T> key, Problems problems) {
    Optional<Tree> child = child(key.name());
    if (child.isEmpty() && key.isRequired()) {
      problems.add(
          place, below(key.name()), "is missing; add, for example, \"" + key.exampleLine() + "\"");
    }
    return child.map(tree -> key.read(tree, problems));
  }

  /** An error here: path, file and line stand before the message. */
  public ImportException problem(String message, String remedy) {
    return new ImportException(ErrorCode.CONFIGURATION, place.prefix(path) + message, remedy);
  }

  <T> @Nullable T read(ValueType<T> type, Problems problems) {
    if (node instanceof Node.Missing) {
      add(problems, "has no value; expected " + type.label() + ", for example " + type.example());
      return null;
    }
    return type.read(this, problems);
  }

  void mismatch(ValueType<?> expected, Problems problems) {
    add(
        problems,
        "expected "
            + expected.label()
            + ", for example "
            + expected.example()
            + "; found "
            + node.what());
  }

  void add(Problems problems, String message) {
    problems.add(place, path, message);
  }

  String below(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Says where it is, not what it holds. */
  @Override
  public String toString() {
    return place.prefix(path) + node.what();
  }
}
