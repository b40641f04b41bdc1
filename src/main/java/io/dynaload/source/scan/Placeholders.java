package io.dynaload.source.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.config.Tree;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.ItemValidator;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code #names} and {@code :values} of expressions stand for.
 *
 * @param values DynamoDB JSON of a map from each to its value; "" if there are none
 */
record Placeholders(Map<String, String> names, String values) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final JsonMapper JSON = new JsonMapper();

  static final Key<Map<String, String>> NAMES =
      Key.textMap("expression-names")
          .example("{'#d': date}")
          .describedAs(
              "Attribute names that stand as `#…` in filter and projection: those with dots, dashes"
                  + " or spaces, and DynamoDB's reserved words.");

  static final Key<Tree> VALUES =
      Key.tree(
              "expression-values",
              "a section of values in DynamoDB JSON",
              "{':least': {N: '10'}, ':state': {S: open}}")
          .describedAs("Values that stand as `:…` in filter, in DynamoDB JSON.");

  static final Keys KEYS = Keys.of(NAMES, VALUES);

  static final Placeholders NONE = new Placeholders(Map.of(), "");

  Placeholders {
    names = Map.copyOf(names);
  }

  static Placeholders of(Section section) {
    return new Placeholders(
        section.find(NAMES).orElse(Map.of()),
        section.find(VALUES).map(tree -> values(section, tree)).orElse(""));
  }

  private static String values(Section section, Tree tree) {
    if (!tree.isSection()) {
      throw section.problem(
          VALUES, "is not a section", "Write each value as in {':least': {N: '10'}}.");
    }
    ObjectNode values = JSON.createObjectNode();
    tree.children().forEach((name, value) -> values.set(name, json(value)));
    byte[] bytes = values.toString().getBytes(UTF_8);
    try {
      int unused = new ItemValidator().validate(bytes, 0, bytes.length);
    } catch (InvalidItemException e) {
      throw section.problem(
          VALUES,
          "is not DynamoDB JSON: " + e.problem(),
          "Write each value with its type, as in {':least': {N: '10'}, ':state': {S: open}}.");
    }
    return values.toString();
  }

  /** YAML has no types here but what DynamoDB JSON says: only BOOL and NULL have no text. */
  private static com.fasterxml.jackson.databind.JsonNode json(Tree tree) {
    if (tree.isSection()) {
      ObjectNode node = JSON.createObjectNode();
      tree.children()
          .forEach(
              (name, child) ->
                  node.set(
                      name,
                      name.equals("BOOL") || name.equals("NULL") ? flag(child) : json(child)));
      return node;
    }
    if (tree.isList()) {
      var list = JSON.createArrayNode();
      tree.elements().forEach(element -> list.add(json(element)));
      return list;
    }
    return JSON.getNodeFactory().textNode(tree.text().orElse(""));
  }

  private static com.fasterxml.jackson.databind.JsonNode flag(Tree tree) {
    String text = tree.text().orElse("");
    return text.equals("true") || text.equals("false")
        ? JSON.getNodeFactory().booleanNode(text.equals("true"))
        : json(tree);
  }

  @Override
  public String toString() {
    return (names.isEmpty() ? "" : ", names " + new TreeMap<>(names))
        + (values.isEmpty() ? "" : ", values of hash " + Integer.toHexString(values.hashCode()));
  }
}
