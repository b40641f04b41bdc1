package io.dynaload.sink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.ItemView;
import io.dynaload.item.Origin;
import io.dynaload.wire.ErrorBody;
import io.dynaload.wire.Failure;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what PutItem and DeleteItem answer under a condition.
 *
 * <p>Where the condition was not met and the very item that was to be put is in the table, an
 * earlier call of ours put it there, whose answer was lost or that came before a restart: it counts
 * as taken.
 */
final class ConditionalAnswers {
  private static final String UNMET = "ConditionalCheckFailedException";
  private static final Origin THERE = new Origin("the table", 0);

  private ConditionalAnswers() {}

  /** What became of an item that was sent, by the answer's HTTP status and body. */
  static Answer read(Item item, int status, byte[] body) {
    if (status == 200) {
      return success(body);
    }
    Failure failure = ErrorBody.read(status, body);
    return failure.code().equals(UNMET) ? unmet(item, body) : new Answer.Failed(failure);
  }

  private static Answer success(byte[] body) {
    double units = 0;
    try (JsonParser json = AnswerJson.of(body)) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean consumed = json.currentName().equals("ConsumedCapacity");
        json.nextToken();
        if (consumed) {
          units = AnswerJson.units(json);
        } else {
          json.skipChildren();
        }
      }
      AnswerJson.expect(json.currentToken(), JsonToken.END_OBJECT);
      return new Answer.Taken(units, Set.of());
    } catch (IOException e) {
      return new Answer.Failed(Failure.garbled("an answer that is not valid JSON"));
    }
  }

  private static Answer unmet(Item sent, byte[] body) {
    Item there;
    try {
      there = there(body);
    } catch (InvalidItemException e) {
      // Of a kind that we could not have written, so it is not ours.
      return new Answer.LeftAlone(sent.writeUnits());
    } catch (IOException e) {
      return new Answer.Failed(Failure.garbled("an item that cannot be read"));
    }
    if (there == null) {
      return new Answer.Failed(
          new Failure(
              Failure.Kind.FATAL,
              UNMET,
              "the answer lacks the item that is there, so it cannot be told whose it is",
              null));
    }
    // Developer guide, "Working with items": a condition that is not met costs as much as a write
    // of the larger one of the two items. The answer does not say it.
    int units = Math.max(sent.writeUnits(), there.writeUnits());
    boolean ours = sent.kind() == Item.Kind.PUT && new ItemView(sent).isSameAs(new ItemView(there));
    return ours ? new Answer.Taken(units, Set.of()) : new Answer.LeftAlone(units);
  }

  /** The item that is in the table, or null if the answer does not tell. */
  private static @Nullable Item there(byte[] body) throws IOException, InvalidItemException {
    try (JsonParser json = AnswerJson.of(body)) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean item = json.currentName().equals("Item");
        json.nextToken();
        if (item) {
          byte[] found = AnswerJson.object(json, body);
          return new ItemValidator().put(found, 0, found.length, Item.NO_WRITE_TIMESTAMP, THERE);
        }
        json.skipChildren();
      }
      return null;
    }
  }
}
