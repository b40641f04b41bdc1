package io.dynaload.config;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the values of {@code --set path=value} into a tree; the last one of a path wins. A value
 * that begins with a bracket, a brace or a quote is YAML; any other is taken as it stands. Sections
 * that are not there are made; an element of a list is named by its number, from 0, or by what its
 * key {@code name} says.
 */
final class Overrides {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*)=(.*)", Pattern.DOTALL);
  private static final Pattern BEGINNING = Pattern.compile("^[A-Za-z0-9._-]*");

  private Overrides() {}

  /**
   * The tree with the values in it.
   *
   * @throws ImportException (CONFIGURATION) at the first override that is malformed or leads
   *     nowhere
   */
  static Node apply(Node root, List<String> overrides) {
    Node changed = root;
    for (String override : overrides) {
      Matcher matcher = FORM.matcher(override);
      if (!matcher.matches()) {
        throw malformed(override);
      }
      String path = matcher.group(1);
      Place place = Place.override(path);
      Node value = value(place, matcher.group(2));
      changed = put(changed, List.of(path.split("\\.")), value, place);
    }
    return changed;
  }

  private static Node value(Place place, String text) {
    if (text.isBlank()) {
      return new Node.Missing(place);
    }
    return "[{\"'".indexOf(text.charAt(0)) >= 0
        ? YamlReader.readOverride(place, text)
        : new Node.Scalar(place, text);
  }

  /** The number of the element that a path names: by its number, or by its key {@code name}. */
  private static int index(Node.Sequence list, String element, Place place) {
    if (element.matches("[0-9]{1,6}")) {
      int index = Integer.parseInt(element);
      if (index < list.elements().size()) {
        return index;
      }
      throw error(
          place
              + ": there is no element "
              + index
              + "; the list in "
              + list.place()
              + " has "
              + list.elements().size(),
          "Elements are counted from 0.");
    }
    List<String> names = list.elements().stream().map(Overrides::name).toList();
    int index = names.indexOf(element);
    if (index < 0 && names.stream().anyMatch(name -> !name.isEmpty())) {
      throw error(
          place + ": the list in " + list.place() + " has no element with name: " + element,
          "Name one of: " + String.join(", ", names.stream().filter(n -> !n.isEmpty()).toList()));
    }
    return index;
  }

  private static String name(Node element) {
    Node.Entry entry =
        element instanceof Node.Mapping mapping ? mapping.entries().get("name") : null;
    return entry != null && entry.value() instanceof Node.Scalar name ? name.text() : "";
  }

  private static Node put(Node node, List<String> path, Node value, Place place) {
    if (path.isEmpty()) {
      return value;
    }
    String first = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (node instanceof Node.Mapping mapping) {
      Map<String, Node.Entry> entries = new LinkedHashMap<>(mapping.entries());
      Node.Entry old = entries.get(first);
      Node child = old == null ? new Node.Missing(place) : old.value();
      Place keyPlace = old == null || rest.isEmpty() ? place : old.keyPlace();
      entries.put(first, new Node.Entry(keyPlace, put(child, rest, value, place)));
      return new Node.Mapping(mapping.place(), entries);
    }
    if (node instanceof Node.Missing) {
      Node child = put(new Node.Missing(place), rest, value, place);
      return new Node.Mapping(place, Map.of(first, new Node.Entry(place, child)));
    }
    if (node instanceof Node.Sequence sequence) {
      int index = index(sequence, first, place);
      if (index >= 0) {
        List<Node> elements = new ArrayList<>(sequence.elements());
        elements.set(index, put(elements.get(index), rest, value, place));
        return new Node.Sequence(sequence.place(), elements);
      }
    }
    throw error(
        place
            + ": \""
            + first
            + "\" cannot be set below "
            + node.what()
            + " ("
            + node.place()
            + ")",
        "Name a key of a section, with its path: --set sink.table=my-table");
  }

  private static ImportException malformed(String override) {
    Matcher beginning = BEGINNING.matcher(override);
    // The rest is not repeated: it may be a value, and the value a secret.
    String shown = beginning.find() ? beginning.group() : "";
    return error(
        "--set " + shown + ": expected PATH=VALUE",
        "Write, for example, --set sink.table=my-table, with the path's keys separated by dots.");
  }

  private static ImportException error(String message, String remedy) {
    return new ImportException(ErrorCode.CONFIGURATION, message, remedy);
  }
}
