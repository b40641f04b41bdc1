package io.dynaload.source.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.RandomItems;
import io.dynaload.item.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What lines of JSON mean, told from Jackson's tree of them; null if they are not valid. */
final class Oracle {
  private static final ObjectMapper TREES =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** That a text is not what it should be. */
  static final class NotValid extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private interface Meaning {
    Map<String, Value> of(JsonNode tree);
  }

  private Oracle() {}

  private static @Nullable Item read(String line, Meaning meaning) {
    try {
      JsonNode tree = TREES.readTree(line);
      require(tree != null && tree.isObject());
      return RandomItems.encode(meaning.of(tree));
    } catch (IOException | InvalidItemException | NotValid | IllegalArgumentException e) {
      return null;
    }
  }

  static @Nullable Item fullExport(String line) {
    return read(line, Oracle::ofWrapped);
  }

  private static Map<String, Value> ofWrapped(JsonNode tree) {
    require(tree.size() == 1 && tree.has("Item"));
    return attributes(tree.get("Item"), UnaryOperator.identity());
  }

  static @Nullable Item bare(String line) {
    Item wrapped = fullExport(line);
    return wrapped != null
        ? wrapped
        : read(line, tree -> attributes(tree, UnaryOperator.identity()));
  }

  private static @Nullable Item v3(String line) {
    return read(line, tree -> attributes(tree, Oracle::ofLegacy));
  }

  static @Nullable Item legacy(String line) {
    return line.indexOf('\u0003') < 0 ? v3(line) : oldest(line);
  }

  private static String ofLegacy(String tag) {
    String upper = tag.toUpperCase(Locale.ROOT);
    return upper.equals("NULLVALUE") ? "NULL" : upper;
  }

  private static @Nullable Item oldest(String line) {
    try {
      Map<String, Value> attributes = new LinkedHashMap<>();
      for (String attribute : line.split("\u0002", -1)) {
        int end = attribute.indexOf('\u0003');
        require(end >= 0);
        JsonNode value = TREES.readTree(attribute.substring(end + 1));
        require(
            attributes.put(attribute.substring(0, end), value(value, Oracle::ofLegacy)) == null);
      }
      return RandomItems.encode(attributes);
    } catch (IOException | InvalidItemException | NotValid | IllegalArgumentException e) {
      return null;
    }
  }

  static @Nullable Item plain(String line) {
    return read(line, Oracle::plainAttributes);
  }

  private static Map<String, Value> plainAttributes(JsonNode tree) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    tree.properties()
        .forEach(entry -> attributes.put(entry.getKey(), plainValue(entry.getValue())));
    return attributes;
  }

  private static Value plainValue(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> new Value.M(plainAttributes(node));
      case ARRAY -> {
        List<Value> elements = new ArrayList<>();
        node.forEach(element -> elements.add(plainValue(element)));
        yield new Value.L(elements);
      }
      case STRING -> new Value.S(node.textValue());
      case NUMBER -> new Value.N(node.decimalValue().toString());
      case BOOLEAN -> new Value.Bool(node.booleanValue());
      case NULL -> new Value.Null();
      case BINARY, MISSING, POJO -> throw new NotValid();
    };
  }

  private static Map<String, Value> attributes(JsonNode map, UnaryOperator<String> tags) {
    require(map.isObject());
    Map<String, Value> attributes = new LinkedHashMap<>();
    map.properties()
        .forEach(entry -> attributes.put(entry.getKey(), value(entry.getValue(), tags)));
    return attributes;
  }

  private static Value value(@Nullable JsonNode node, UnaryOperator<String> tags) {
    if (node == null || !node.isObject() || node.size() != 1) {
      throw new NotValid();
    }
    Map.Entry<String, JsonNode> typed = node.properties().iterator().next();
    JsonNode payload = typed.getValue();
    return switch (tags.apply(typed.getKey())) {
      case "S" -> new Value.S(text(payload));
      case "N" -> new Value.N(text(payload));
      case "B" -> new Value.B(binary(payload));
      case "BOOL" -> {
        require(payload.isBoolean());
        yield new Value.Bool(payload.booleanValue());
      }
      case "NULL" -> {
        require(payload.isBoolean() && payload.booleanValue());
        yield new Value.Null();
      }
      case "M" -> new Value.M(attributes(payload, tags));
      case "L" -> {
        require(payload.isArray());
        List<Value> elements = new ArrayList<>();
        payload.forEach(element -> elements.add(value(element, tags)));
        yield new Value.L(elements);
      }
      case "SS" -> new Value.SS(texts(payload));
      case "NS" -> new Value.NS(texts(payload));
      case "BS" -> {
        require(payload.isArray());
        Set<Value.B> elements = new LinkedHashSet<>();
        payload.forEach(element -> require(elements.add(new Value.B(binary(element)))));
        yield new Value.BS(elements);
      }
      default -> throw new NotValid();
    };
  }

  private static Set<String> texts(JsonNode array) {
    require(array.isArray());
    Set<String> elements = new LinkedHashSet<>();
    array.forEach(element -> require(elements.add(text(element))));
    return elements;
  }

  private static String text(JsonNode node) {
    require(node.isTextual());
    return node.textValue();
  }

  private static byte[] binary(JsonNode node) {
    String text = text(node);
    require(text.length() % 4 == 0);
    return Base64.getDecoder().decode(text);
  }

  static void require(boolean valid) {
    if (!valid) {
      throw new NotValid();
    }
  }
}
