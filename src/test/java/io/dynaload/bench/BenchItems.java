package io.dynaload.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dynaload.item.Item;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.Origin;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Sensor readings of one size by DynamoDB's rules, each of another key, in two forms of the same
 * content: ours, and the map that the SDK takes.
 */
enum BenchItems {
  OF_80_BYTES(80),
  OF_1_KB(1024);

  static final String TABLE = "bench";
  static final KeySchema KEYS = new KeySchema(new KeyAttribute("id", KeyType.S), null);

  private static final int DIGITS = 12;
  private static final String ID = "sensor-";
  private static final String STATUS = "operating-normally-at-x";
  private static final int SIZE_OF_THAT = 80;
  private static final int LAST_DIGIT = "{\"id\":{\"S\":\"".length() + ID.length() + DIGITS - 1;

  private final int size;
  private final String status;
  private final byte[] template;

  BenchItems(int size) {
    this.size = size;
    this.status = STATUS + "x".repeat(size - SIZE_OF_THAT);
    this.template =
        ("{\"id\":{\"S\":\""
                + ID
                + "0".repeat(DIGITS)
                + "\"},\"ts\":{\"N\":\"1700000000000\"},\"value\":{\"N\":\"21.75\"},\"status\":{\"S\":\""
                + status
                + "\"}}")
            .getBytes(US_ASCII);
  }

  Item item(long number) {
    byte[] json = template.clone();
    long rest = number;
    for (int i = LAST_DIGIT; rest > 0; i--) {
      json[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return Item.put(json, size, Item.NO_WRITE_TIMESTAMP, new Origin("bench", number));
  }

  /** The same content, made from the number as a converter would make it from its record. */
  Map<String, AttributeValue> attributes(long number) {
    String digits = Long.toString(number);
    return Map.of(
        "id", AttributeValue.fromS(ID + "0".repeat(DIGITS - digits.length()) + digits),
        "ts", AttributeValue.fromN("1700000000000"),
        "value", AttributeValue.fromN("21.75"),
        "status", AttributeValue.fromS(status));
  }
}
