package io.dynaload.config;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of the file that has not been checked yet: it knows what was written and where, not what
 * may be written. Immutable. {@link #check} makes a {@link Section} of it.
 *
 * <p>Of a file with several imports, {@link #over} makes one tree each.
 */
public final class Tree {
  /** The path of the import that it is of: {@code imports.orders}; empty if there is but one. */
  private final String root;

  /** Below the root. */
  private final String path;

  private final Place place;
  private final Node node;

  Tree(String path, Place place, Node node) {
    this("", path, place, node);
  }

  private Tree(String root, String path, Place place, Node node) {
    this.root = root;
    this.path = path;
    this.place = place;
    this.node = node;
  }

  /**
   * One of several imports: these keys, and those of {@code shared} that stand in neither this
   * section nor the sections in it. A list or a single value is replaced whole, and taken away by a
   * key without a value.
   *
   * @param name the path of this import, for messages; what is shared keeps the path at which it
   *     stands
   */
  public Tree over(Tree shared, String name) {
    Node merged =
        node instanceof Node.Mapping own && shared.node instanceof Node.Mapping below
            ? Merge.over(own, below)
            : node;
    return new Tree(name, "", place, merged);
  }

  /** The same section with these of its keys. */
  public Tree only(Collection<String> keys) {
    if (!(node instanceof Node.Mapping mapping)) {
      return this;
    }
    Map<String, Node.Entry> kept = new LinkedHashMap<>(mapping.entries());
    kept.keySet().retainAll(keys);
    return new Tree(root, path, place, new Node.Mapping(mapping.place(), kept));
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
    return join(root, path);
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
                  children.put(
                      key,
                      new Tree(
                          entry.isShared() ? "" : root,
                          join(path, key),
                          entry.keyPlace(),
                          entry.value())));
    }
    return children;
  }

  /** The elements of a list; empty where this is not a list. */
  public List<Tree> elements() {
    List<Tree> elements = new ArrayList<>();
    if (node instanceof Node.Sequence sequence) {
      for (Node element : sequence.elements()) {
        String index = String.valueOf(elements.size());
        elements.add(new Tree(root, join(path, index), element.place(), element));
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
    return new ImportException(ErrorCode.CONFIGURATION, place.prefix(path()) + message, remedy);
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
    problems.add(place, path(), message);
  }

  /** The path of a key below, for messages. */
  String below(String key) {
    return join(path(), key);
  }

  /** The same within its import, wherever that stands in the file. */
  String belowRoot(String key) {
    return join(path, key);
  }

  /** A section in the place of one that is left out. */
  Tree absent(String key) {
    return new Tree(root, join(path, key), place, new Node.Mapping(place, Map.of()));
  }

  private static String join(String path, String key) {
    return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
  }

  /** Says where it is, not what it holds. */
  @Override
  public String toString() {
    return place.prefix(path()) + node.what();
  }
}
