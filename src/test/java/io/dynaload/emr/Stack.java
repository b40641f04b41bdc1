package io.dynaload.emr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What a template becomes with certain parameters, as far as that is known before it is made: its
 * conditions decided, its functions replaced. A reference to a resource becomes its name in angle
 * brackets; one to anything that is not there, or not there under these conditions, throws.
 */
public final class Stack {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}][^}]*)}");
  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::Region", "us-west-2",
          "AWS::Partition", "aws",
          "AWS::AccountId", "123456789012",
          "AWS::StackName", "import");

  private final Template template;
  private final Map<String, String> parameters = new TreeMap<>();

  public Stack(Template template, Map<String, String> given) {
    this.template = template;
    template
        .section("Parameters")
        .forEach(
            (name, parameter) -> {
              if (parameter.has("Default")) {
                parameters.put(name, parameter.get("Default").asText());
              }
            });
    given.forEach(
        (name, value) -> {
          JsonNode parameter = template.root().at("/Parameters/" + name);
          String pattern = parameter.path("AllowedPattern").asText(".*");
          if (parameter.isMissingNode() || !value.matches(pattern)) {
            throw new NoSuchElementException("Not a parameter, or not a value of it: " + name);
          }
          parameters.put(name, value);
        });
  }

  /** The resources that are made, by name; what is left out of them is missing. */
  public Map<String, JsonNode> resources() {
    return existing("Resources");
  }

  /** One resource; missing if it is not made. */
  JsonNode made(String resource) {
    return resources().getOrDefault(resource, MissingNode.getInstance());
  }

  JsonNode properties(String resource) {
    return made(resource).path("Properties");
  }

  public Map<String, JsonNode> outputs() {
    return existing("Outputs");
  }

  String output(String name) {
    return outputs().getOrDefault(name, MissingNode.getInstance()).path("Value").asText();
  }

  boolean holds(String condition) {
    return isTrue(expect(template.root().at("/Conditions/" + condition), condition));
  }

  /** Whether these parameters pass one of the template's rules. */
  public boolean passes(String rule) {
    JsonNode node = expect(template.root().at("/Rules/" + rule), rule);
    if (node.has("RuleCondition") && !isTrue(node.get("RuleCondition"))) {
      return true;
    }
    return StreamSupport.stream(node.get("Assertions").spliterator(), false)
        .allMatch(assertion -> isTrue(assertion.get("Assert")));
  }

  private Map<String, JsonNode> existing(String section) {
    Map<String, JsonNode> existing = new TreeMap<>();
    template
        .section(section)
        .forEach(
            (name, child) -> {
              if (!child.has("Condition") || holds(child.get("Condition").asText())) {
                existing.put(name, value(child));
              }
            });
    return existing;
  }

  private boolean isTrue(JsonNode condition) {
    Map.Entry<String, JsonNode> function = condition.fields().next();
    JsonNode argument = function.getValue();
    return switch (function.getKey()) {
      case "Fn::Equals" -> value(argument.get(0)).asText().equals(value(argument.get(1)).asText());
      case "Fn::Not" -> !isTrue(argument.get(0));
      case "Fn::And" -> StreamSupport.stream(argument.spliterator(), false).allMatch(this::isTrue);
      case "Fn::Or" -> StreamSupport.stream(argument.spliterator(), false).anyMatch(this::isTrue);
      case "Condition" -> holds(argument.asText());
      default -> throw new NoSuchElementException("Not a condition: " + condition);
    };
  }

  private JsonNode value(JsonNode node) {
    if (node.isArray()) {
      ArrayNode values = JSON.arrayNode();
      node.forEach(element -> addUnlessMissing(values, value(element)));
      return values;
    }
    if (!node.isObject()) {
      return node;
    }
    String function = node.size() == 1 ? node.fieldNames().next() : "";
    JsonNode argument = node.path(function);
    return switch (function) {
      case "Ref" -> reference(argument.asText());
      case "Fn::GetAtt" ->
          JSON.textNode(resource(argument.get(0).asText()) + "." + argument.get(1).asText());
      case "Fn::Sub" -> JSON.textNode(substituted(argument.asText()));
      case "Fn::If" -> value(argument.get(holds(argument.get(0).asText()) ? 1 : 2));
      case "Fn::FindInMap" -> found(value(argument));
      case "Fn::Select", "Fn::Cidr", "Fn::GetAZs" -> JSON.textNode("<" + value(argument) + ">");
      default -> object(node);
    };
  }

  private JsonNode object(JsonNode node) {
    ObjectNode values = JSON.objectNode();
    Template.children(node)
        .forEach(
            (key, child) -> {
              JsonNode value = value(child);
              if (!value.isMissingNode()) {
                values.set(key, value);
              }
            });
    return values;
  }

  private static void addUnlessMissing(ArrayNode values, JsonNode value) {
    if (!value.isMissingNode()) {
      values.add(value);
    }
  }

  private JsonNode found(JsonNode path) {
    JsonNode found = template.root().path("Mappings");
    for (JsonNode key : path) {
      found = expect(found.path(key.asText()), path);
    }
    return found;
  }

  private JsonNode reference(String name) {
    return name.equals("AWS::NoValue") ? MissingNode.getInstance() : JSON.textNode(text(name));
  }

  private String text(String name) {
    String pseudo = PSEUDO.get(name);
    if (pseudo != null) {
      return pseudo;
    }
    String parameter = parameters.get(name);
    return parameter != null ? parameter : resource(name.split("\\.", 2)[0]);
  }

  private String resource(String name) {
    JsonNode resource = expect(template.root().at("/Resources/" + name), name);
    if (resource.has("Condition") && !holds(resource.get("Condition").asText())) {
      throw new NoSuchElementException("Not made under these conditions: " + name);
    }
    return "<" + name + ">";
  }

  private String substituted(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(text(match.group(1))));
  }

  private static JsonNode expect(JsonNode node, Object name) {
    if (node.isMissingNode()) {
      throw new NoSuchElementException("There is no " + name);
    }
    return node;
  }
}
