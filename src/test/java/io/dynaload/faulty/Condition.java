package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dynaload.item.KeyType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition expression of terms joined by AND and OR, AND first, without brackets around terms: a
 * term is {@code attribute_exists(name)}, {@code attribute_not_exists(name)} or a comparison {@code
 * name op :value}. Names are top-level, as they are or by {@code #placeholder}.
 */
final class Condition {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*([#:]?[A-Za-z_][A-Za-z0-9_.-]*|<=|>=|<>|[<>=()])");

  private final Deque<String> tokens = new ArrayDeque<>();
  private final JsonNode names;
  private final JsonNode values;

  private Condition(JsonNode request) {
    names = request.path("ExpressionAttributeNames");
    values = request.path("ExpressionAttributeValues");
  }

  /** Whether the request's condition, if it has one, is met by the item that is there. */
  static boolean isMet(JsonNode request, @Nullable JsonNode item) throws ServiceError {
    String expression = request.path("ConditionExpression").textValue();
    if (expression == null) {
      return true;
    }
    Condition condition = new Condition(request);
    Matcher matcher = TOKEN.matcher(expression);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      condition.tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (!expression.substring(end).isBlank()) {
      throw syntax(expression);
    }
    boolean met = condition.or(item == null ? MissingNode.getInstance() : item);
    if (!condition.tokens.isEmpty()) {
      throw syntax(expression);
    }
    return met;
  }

  private boolean or(JsonNode item) throws ServiceError {
    boolean met = and(item);
    while (takes("OR")) {
      met |= and(item);
    }
    return met;
  }

  private boolean and(JsonNode item) throws ServiceError {
    boolean met = term(item);
    while (takes("AND")) {
      met &= term(item);
    }
    return met;
  }

  private boolean term(JsonNode item) throws ServiceError {
    String first = next();
    switch (first) {
      case "attribute_exists", "attribute_not_exists" -> {
        expect("(");
        JsonNode found = item.path(name(next()));
        expect(")");
        return found.isMissingNode() == first.equals("attribute_not_exists");
      }
      default -> {
        JsonNode found = item.path(name(first));
        return compares(found, next(), value(next()));
      }
    }
  }

  private static boolean compares(JsonNode found, String operator, JsonNode value)
      throws ServiceError {
    if (found.isMissingNode()) {
      return operator.equals("<>");
    }
    String type = found.fieldNames().next();
    if (!value.has(type)) {
      return operator.equals("<>");
    }
    if (!List.of("S", "N", "B").contains(type)) {
      return switch (operator) {
        case "=" -> found.equals(value);
        case "<>" -> !found.equals(value);
        default -> throw ServiceError.invalid("Invalid ConditionExpression: operand type " + type);
      };
    }
    int order = order(type, found.get(type).textValue(), value.get(type).textValue());
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "=" -> order == 0;
      case "<>" -> order != 0;
      default -> throw syntax(operator);
    };
  }

  private static int order(String type, String one, String other) {
    return switch (KeyType.valueOf(type)) {
      case N -> new BigDecimal(one).compareTo(new BigDecimal(other));
      case S ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
      case B -> Arrays.compareUnsigned(ItemRules.decoded(one), ItemRules.decoded(other));
    };
  }

  private String name(String token) throws ServiceError {
    if (!token.startsWith("#")) {
      return token;
    }
    String name = names.path(token).textValue();
    if (name == null) {
      throw ServiceError.invalid(
          "Invalid ConditionExpression: An expression attribute name used in the document path is"
              + " not defined; attribute name: "
              + token);
    }
    return name;
  }

  private JsonNode value(String token) throws ServiceError {
    JsonNode value = values.path(token);
    if (value.isMissingNode()) {
      throw ServiceError.invalid(
          "Invalid ConditionExpression: An expression attribute value used in expression is not"
              + " defined; attribute value: "
              + token);
    }
    return value;
  }

  private boolean takes(String word) {
    if (word.equalsIgnoreCase(tokens.peek())) {
      tokens.remove();
      return true;
    }
    return false;
  }

  private String next() throws ServiceError {
    String token = tokens.poll();
    if (token == null) {
      throw syntax("<EOF>");
    }
    return token;
  }

  private void expect(String token) throws ServiceError {
    if (!next().equals(token)) {
      throw syntax(token);
    }
  }

  private static ServiceError syntax(String near) {
    return ServiceError.invalid(
        "Invalid ConditionExpression: Syntax error; token or near: \"" + near + "\"");
  }
}
