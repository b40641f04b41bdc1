package io.dynaload.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** What the answers of all operations that write have in common. */
final class AnswerJson {
  private static final JsonFactory JSON = new JsonFactory();

  private AnswerJson() {}

  /** A parser that stands at the opening brace. */
  static JsonParser of(byte[] body) throws IOException {
    JsonParser json = JSON.createParser(body);
    expect(json.nextToken(), JsonToken.START_OBJECT);
    return json;
  }

  /** The bytes of the object that the parser stands at; it is left at its end. */
  static byte[] object(JsonParser json, byte[] body) throws IOException {
    expect(json.currentToken(), JsonToken.START_OBJECT);
    int from = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    expect(json.currentToken(), JsonToken.END_OBJECT);
    return Arrays.copyOfRange(body, from, (int) json.currentLocation().getByteOffset());
  }

  /**
   * The units that a call took, of {@code {"TableName": "t", "CapacityUnits": 3.0, "Table":
   * {"CapacityUnits": 1.0}, "GlobalSecondaryIndexes": {"g": {"CapacityUnits": 2.0}}}} or a list of
   * such objects: the total, or its parts where these are more.
   */
  static double units(JsonParser json) throws IOException {
    int ofTotal = json.currentToken() == JsonToken.START_ARRAY ? 2 : 1;
    double total = 0;
    double parts = 0;
    int depth = 0;
    do {
      switch (json.currentToken()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> {
          if (json.currentName().equals("CapacityUnits")) {
            if (depth == ofTotal) {
              total += json.getDoubleValue();
            } else {
              parts += json.getDoubleValue();
            }
          }
        }
        default -> {
          // Names and texts.
        }
      }
    } while (depth > 0 && json.nextToken() != null);
    return Math.max(total, parts);
  }

  static void expect(JsonToken token, JsonToken expected) throws IOException {
    if (token != expected) {
      throw new IOException("expected " + expected);
    }
  }
}
