package io.dynaload.emr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The template as CloudFormation reads it, with the short forms written out: {@code !Ref} is Ref.
 */
public record Template(JsonNode root) {
  static final Path FILE = Project.file("cloudformation-template.yaml");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> NO_PREFIX = List.of("Ref", "Condition");

  static Template read() {
    try {
      return parse(Files.readString(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Template parse(String yaml) {
    return new Template(
        json(new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml))));
  }

  /** The children of a section, or of any object, in the order of their names. */
  static Map<String, JsonNode> children(JsonNode object) {
    Map<String, JsonNode> children = new TreeMap<>();
    object.fields().forEachRemaining(field -> children.put(field.getKey(), field.getValue()));
    return children;
  }

  public Map<String, JsonNode> section(String name) {
    return children(root.path(name));
  }

  /** A value and all that is in it. */
  static Stream<JsonNode> all(JsonNode node) {
    return Stream.concat(
        Stream.of(node), StreamSupport.stream(node.spliterator(), false).flatMap(Template::all));
  }

  private static JsonNode json(Node node) {
    String tag = node.getTag().getValue();
    if (!tag.startsWith("!")) {
      return plain(node);
    }
    String name = tag.substring(1);
    JsonNode argument =
        node instanceof ScalarNode text ? JSON.textNode(text.getValue()) : plain(node);
    if (name.equals("GetAtt") && argument.isTextual()) {
      String[] parts = argument.asText().split("\\.", 2);
      argument = JSON.arrayNode().add(parts[0]).add(parts[1]);
    }
    return JSON.objectNode().set(NO_PREFIX.contains(name) ? name : "Fn::" + name, argument);
  }

  private static JsonNode plain(Node node) {
    if (node instanceof MappingNode mapping) {
      ObjectNode object = JSON.objectNode();
      for (NodeTuple entry : mapping.getValue()) {
        String key = ((ScalarNode) entry.getKeyNode()).getValue();
        if (object.has(key)) {
          throw new IllegalStateException("Twice: " + key + entry.getKeyNode().getStartMark());
        }
        object.set(key, json(entry.getValueNode()));
      }
      return object;
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      sequence.getValue().forEach(element -> array.add(json(element)));
      return array;
    }
    String text = ((ScalarNode) node).getValue();
    if (node.getTag().equals(Tag.INT)) {
      return JSON.numberNode(Long.parseLong(text));
    }
    return node.getTag().equals(Tag.BOOL)
        ? JSON.booleanNode(text.equals("true"))
        : JSON.textNode(text);
  }
}
