package io.dynaload.source.lindorm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes JSON apart into DynamoDB's types: objects become M, arrays L, texts S, numbers N with the
 * digits they are written with. Messages never hold any of the text. Stateless.
 */
final class JsonDocument {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonDocument() {}

  /**
   * @throws InvalidItemException if it is no JSON, or has an object with a key twice
   */
  static Value parse(ItemEncoder.Name attribute, String text) throws InvalidItemException {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw malformed(attribute, "it is empty");
      }
      Value value = value(parser, first);
      if (parser.nextToken() != null) {
        throw malformed(attribute, "something follows the value");
      }
      return value;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw malformed(
          attribute,
          at == null
              ? "it cannot be read"
              : "line " + at.getLineNr() + ", column " + at.getColumnNr());
    } catch (IOException e) {
      throw malformed(attribute, "it cannot be read");
    }
  }

  private static InvalidItemException malformed(ItemEncoder.Name attribute, String problem) {
    return new InvalidItemException(
        Reason.MALFORMED,
        "attribute " + attribute + ": it is no JSON, or has a key twice (" + problem + ")");
  }

  private static Value value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new Value.S(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.N(parser.getText());
      case VALUE_TRUE -> new Value.Bool(true);
      case VALUE_FALSE -> new Value.Bool(false);
      case VALUE_NULL -> new Value.Null();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("A JSON value cannot begin with " + token);
    };
  }

  private static Value object(JsonParser parser) throws IOException {
    Map<String, Value> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      entries.put(name, value(parser, parser.nextToken()));
    }
    return new Value.M(entries);
  }

  private static Value array(JsonParser parser) throws IOException {
    List<Value> elements = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      elements.add(value(parser, next));
    }
    return new Value.L(elements);
  }
}
