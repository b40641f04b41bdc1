package io.dynaload.source.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Slices the items out of what Scan answers, in one pass over its bytes that checks each of them
 * and builds nothing else. An item that is not valid, which DynamoDB does not have, becomes a
 * rejected one. Reusable; not thread-safe.
 */
final class AnswerParser {
  private final ItemValidator validator = new ItemValidator();
  private JsonSteps json = new JsonSteps(new byte[0]);

  /**
   * Reads an answer with status 200.
   *
   * @param unit where the items come from
   * @param number of the first one in it
   * @throws InvalidItemException if it is not the JSON of an answer
   */
  ScanAnswer parse(byte[] body, String unit, long number) throws InvalidItemException {
    json = new JsonSteps(body);
    List<Item> items = List.of();
    String lastKey = "";
    double units = ScanAnswer.UNTOLD;
    int scanned = 0;
    json.expect('{');
    if (!json.take('}')) {
      do {
        switch (json.name()) {
          case "Items" -> items = items(body, unit, number);
          case "LastEvaluatedKey" -> lastKey = key(body);
          case "ConsumedCapacity" -> units = units();
          case "ScannedCount" -> scanned = (int) json.number();
          default -> json.skipValue();
        }
      } while (json.take(','));
      json.expect('}');
    }
    json.expectEnd();
    return new ScanAnswer(items, lastKey, units, scanned);
  }

  private List<Item> items(byte[] body, String unit, long first) throws InvalidItemException {
    List<Item> items = new ArrayList<>();
    json.expect('[');
    if (json.take(']')) {
      return items;
    }
    do {
      items.add(item(body, new Origin(unit, first + items.size())));
    } while (json.take(','));
    json.expect(']');
    return items;
  }

  private Item item(byte[] body, Origin origin) throws InvalidItemException {
    int start = json.toValue();
    int size;
    try {
      size = validator.validateBeginning(body, start, body.length);
    } catch (InvalidItemException e) {
      json.skipValue();
      return Item.rejected(
          Arrays.copyOfRange(body, start, json.position()),
          Item.NO_WRITE_TIMESTAMP,
          origin,
          new Rejection(Stage.SOURCE, Form.RAW, e.reason().name(), e.problem()));
    }
    json.goOnAt(validator.end());
    return Item.put(
        Arrays.copyOfRange(body, start, validator.end()), size, Item.NO_WRITE_TIMESTAMP, origin);
  }

  private String key(byte[] body) throws InvalidItemException {
    int start = json.toValue();
    int unused = validator.validateBeginning(body, start, body.length);
    json.goOnAt(validator.end());
    return new String(body, start, validator.end() - start, UTF_8);
  }

  /** Of {@code {"TableName": "t", "CapacityUnits": 128.5}}, whatever else is in it. */
  private double units() throws InvalidItemException {
    double units = ScanAnswer.UNTOLD;
    json.expect('{');
    if (json.take('}')) {
      return units;
    }
    do {
      if (json.name().equals("CapacityUnits")) {
        units = json.number();
      } else {
        json.skipValue();
      }
    } while (json.take(','));
    json.expect('}');
    return units;
  }

  /** Steps over JSON that holds nothing of interest; positions are of the array. */
  private static final class JsonSteps {
    private final byte[] bytes;
    private int p;

    JsonSteps(byte[] bytes) {
      this.bytes = bytes;
    }

    int position() {
      return p;
    }

    void goOnAt(int position) {
      p = position;
    }

    /** Where the next value begins. */
    int toValue() {
      skipSpace();
      return p;
    }

    private void skipSpace() {
      while (p < bytes.length
          && (bytes[p] == ' ' || bytes[p] == '\n' || bytes[p] == '\r' || bytes[p] == '\t')) {
        p++;
      }
    }

    boolean take(char c) {
      skipSpace();
      if (p < bytes.length && bytes[p] == c) {
        p++;
        return true;
      }
      return false;
    }

    void expect(char c) throws InvalidItemException {
      if (!take(c)) {
        throw malformed("'" + c + "' is expected");
      }
    }

    void expectEnd() throws InvalidItemException {
      skipSpace();
      if (p < bytes.length) {
        throw malformed("something follows the answer");
      }
    }

    /** Steps over {@code "name":}. */
    String name() throws InvalidItemException {
      expect('"');
      int start = p;
      skipString();
      String name = new String(bytes, start, p - 1 - start, UTF_8);
      expect(':');
      return name;
    }

    /** Steps behind the closing quote. */
    private void skipString() throws InvalidItemException {
      while (p < bytes.length) {
        byte c = bytes[p++];
        if (c == '"') {
          return;
        }
        if (c == '\\') {
          p++;
        }
      }
      throw malformed("a text is cut short");
    }

    double number() throws InvalidItemException {
      int start = toValue();
      while (p < bytes.length && "+-.0123456789eE".indexOf(bytes[p]) >= 0) {
        p++;
      }
      try {
        return Double.parseDouble(new String(bytes, start, p - start, US_ASCII));
      } catch (NumberFormatException e) {
        throw malformed("a number is expected");
      }
    }

    void skipValue() throws InvalidItemException {
      skipSpace();
      int depth = 0;
      do {
        if (p >= bytes.length) {
          throw malformed("the answer is cut short");
        }
        switch (bytes[p++]) {
          case '"' -> skipString();
          case '{', '[' -> depth++;
          case '}', ']' -> depth--;
          default -> {
            // A comma, a colon, white space, or a part of a number or word.
          }
        }
      } while (depth > 0 || !atEndOfValue());
    }

    private boolean atEndOfValue() {
      return p >= bytes.length || ",]} \n\r\t".indexOf(bytes[p]) >= 0;
    }

    private InvalidItemException malformed(String what) {
      return new InvalidItemException(
          InvalidItemException.Reason.MALFORMED, what + " at byte " + p);
    }
  }
}
