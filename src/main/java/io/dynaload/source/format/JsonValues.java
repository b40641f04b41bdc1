package io.dynaload.source.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON in DynamoDB's types: objects are M, arrays L, texts S, numbers N with the digits that they
 * are written with. Messages never hold any of the text. Stateless.
 */
final class JsonValues {
  /** Refuses an object with two entries of one name, which DynamoDB could not hold. */
  static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonValues() {}

  @FunctionalInterface
  interface Content<T> {
    T read(JsonParser parser) throws IOException, InvalidItemException;
  }

  /**
   * Reads the one value that a text is.
   *
   * @param content is called at the value's first token
   */
  static <T> T parse(String text, Content<T> content) throws InvalidItemException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new InvalidItemException(Reason.MALFORMED, "JSON is expected");
      }
      T read = content.read(parser);
      if (parser.nextToken() != null) {
        throw malformed(parser.currentTokenLocation());
      }
      return read;
    } catch (JsonProcessingException e) {
      throw malformed(e.getLocation());
    } catch (IOException e) {
      throw malformed(JsonLocation.NA);
    }
  }

  private static InvalidItemException malformed(JsonLocation at) {
    String place = at == null || at.getColumnNr() < 1 ? "" : " (column " + at.getColumnNr() + ")";
    return new InvalidItemException(
        Reason.MALFORMED, "it is no JSON, or has an object with a name twice" + place);
  }

  /** The value whose first token is the current one. */
  static Value value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new Value.S(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.N(parser.getText());
      case VALUE_TRUE -> new Value.Bool(true);
      case VALUE_FALSE -> new Value.Bool(false);
      case VALUE_NULL -> new Value.Null();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("A JSON value cannot begin with a token of its end");
    };
  }

  private static Value object(JsonParser parser) throws IOException {
    Map<String, Value> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      entries.put(name, value(parser));
    }
    return new Value.M(entries);
  }

  private static Value array(JsonParser parser) throws IOException {
    List<Value> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return new Value.L(elements);
  }
}
