package io.dynaload.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dynaload.item.CanonicalKey;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.KeySchema;
import io.dynaload.item.Origin;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Reads what BatchWriteItem answers. Thread-safe. */
final class BatchAnswers {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Origin UNPROCESSED = new Origin("UnprocessedItems", 0);

  private final KeySchema keys;

  BatchAnswers(KeySchema keys) {
    this.keys = keys;
  }

  /** An answer with HTTP status 200. */
  Answer success(byte[] body) {
    double units = 0;
    Set<CanonicalKey> unprocessed = Set.of();
    try (JsonParser json = JSON.createParser(body)) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "UnprocessedItems" -> unprocessed = unprocessed(json, body);
          case "ConsumedCapacity" -> units = consumed(json);
          default -> json.skipChildren();
        }
      }
      expect(json.currentToken(), JsonToken.END_OBJECT);
      return new Answer.Taken(units, unprocessed);
    } catch (IOException e) {
      return new Answer.Failed(Failure.garbled("an answer that is not valid JSON"));
    } catch (InvalidItemException e) {
      return new Answer.Failed(Failure.garbled("UnprocessedItems without their keys"));
    }
  }

  /** An answer with another status. */
  static Failure failure(int status, byte[] body) {
    String code = "HTTP " + status;
    String message = "";
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String field = json.currentName();
          json.nextToken();
          switch (field) {
            case "__type" -> code = json.getText().substring(json.getText().indexOf('#') + 1);
            case "message", "Message" -> message = json.getText();
            default -> json.skipChildren();
          }
        }
      }
    } catch (IOException e) {
      // Not the service but something in front of it; the status says enough.
    }
    return Failure.answered(status, code, message);
  }

  /** {"table": [{"PutRequest": {"Item": {…}}}, {"DeleteRequest": {"Key": {…}}}]}. */
  private Set<CanonicalKey> unprocessed(JsonParser json, byte[] body)
      throws IOException, InvalidItemException {
    Set<CanonicalKey> found = new HashSet<>();
    int depth = 0;
    do {
      switch (json.currentToken()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case FIELD_NAME -> {
          // {table:[{request:{Item: — below that it is the item's own.
          if (depth == 4) {
            json.nextToken();
            found.add(keys.keyOf(slice(json, body)));
          }
        }
        default -> throw new IOException("not a list of requests");
      }
    } while (depth > 0 && json.nextToken() != null);
    return found;
  }

  private static Item slice(JsonParser json, byte[] body) throws IOException {
    expect(json.currentToken(), JsonToken.START_OBJECT);
    int from = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    int to = (int) json.currentLocation().getByteOffset();
    return Item.put(
        Arrays.copyOfRange(body, from, to), to - from, Item.NO_WRITE_TIMESTAMP, UNPROCESSED);
  }

  /**
   * [{"TableName": "t", "CapacityUnits": 3.0, "Table": {"CapacityUnits": 1.0},
   * "GlobalSecondaryIndexes": {"g": {"CapacityUnits": 2.0}}}]: the total, or its parts where these
   * are more.
   */
  private static double consumed(JsonParser json) throws IOException {
    double total = 0;
    double parts = 0;
    int depth = 0;
    do {
      switch (json.currentToken()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> {
          if (json.currentName().equals("CapacityUnits")) {
            if (depth == 2) {
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

  private static void expect(JsonToken token, JsonToken expected) throws IOException {
    if (token != expected) {
      throw new IOException("expected " + expected);
    }
  }
}
