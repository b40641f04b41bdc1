package io.dynaload.sink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dynaload.item.CanonicalKey;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.KeySchema;
import io.dynaload.wire.Failure;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Reads what BatchWriteItem answers. Thread-safe. */
final class BatchAnswers {
  private final KeySchema keys;

  BatchAnswers(KeySchema keys) {
    this.keys = keys;
  }

  /** An answer with HTTP status 200. */
  Answer success(byte[] body) {
    double units = 0;
    Set<CanonicalKey> unprocessed = Set.of();
    try (JsonParser json = AnswerJson.of(body)) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "UnprocessedItems" -> unprocessed = unprocessed(json, body);
          case "ConsumedCapacity" -> units = AnswerJson.units(json);
          default -> json.skipChildren();
        }
      }
      AnswerJson.expect(json.currentToken(), JsonToken.END_OBJECT);
      return new Answer.Taken(units, unprocessed);
    } catch (IOException e) {
      return new Answer.Failed(Failure.garbled("an answer that is not valid JSON"));
    } catch (InvalidItemException e) {
      return new Answer.Failed(Failure.garbled("UnprocessedItems without their keys"));
    }
  }

  /** {"table": [{"PutRequest": {"Item": {…}}}, {"DeleteRequest": {"Key": {…}}}]}. */
  private Set<CanonicalKey> unprocessed(JsonParser json, byte[] body)
      throws IOException, InvalidItemException {
    Set<CanonicalKey> keysFound = new HashSet<>();
    int depth = 0;
    do {
      switch (json.currentToken()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case FIELD_NAME -> {
          // {table:[{request:{Item: — below that it is the item's own.
          if (depth == 4) {
            json.nextToken();
            byte[] found = AnswerJson.object(json, body);
            keysFound.add(keys.keyOf(found, 0, found.length));
          }
        }
        default -> throw new IOException("not a list of requests");
      }
    } while (depth > 0 && json.nextToken() != null);
    return keysFound;
  }
}
