package io.dynaload.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dynaload.item.Item;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.Origin;

/** Rows of a shop's tracker, of one size by DynamoDB's rules, each of another key. */
enum CustomerItems {
  OF_80_BYTES(80),
  OF_1_KB(1024);

  static final KeySchema KEYS = new KeySchema(new KeyAttribute("OrderID", KeyType.S), null);

  private static final int DIGITS = 10;
  private static final String NAMES = "OrderIDNameDateTimeNote";
  private static final String NAME = "Bob";
  private static final String TIME = "2012-03-04 05:06:07";
  private static final String BEFORE = "{\"OrderID\":{\"S\":\"";
  private static final int LAST_DIGIT = BEFORE.length() + DIGITS - 1;

  private final int size;
  private final byte[] template;

  CustomerItems(int size) {
    this.size = size;
    int note = size - NAMES.length() - DIGITS - NAME.length() - TIME.length();
    this.template =
        (BEFORE
                + "0".repeat(DIGITS)
                + "\"},\"Name\":{\"S\":\""
                + NAME
                + "\"},\"DateTime\":{\"S\":\""
                + TIME
                + "\"},\"Note\":{\"S\":\""
                + "x".repeat(note)
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
    // Each a second of its own, so that no text of a time is parsed twice in a row.
    int seconds = (int) (number % 60);
    int time = indexOfTime();
    json[time + 17] = (byte) ('0' + seconds / 10);
    json[time + 18] = (byte) ('0' + seconds % 10);
    return Item.put(json, size, Item.NO_WRITE_TIMESTAMP, new Origin("bench", number));
  }

  private static int indexOfTime() {
    return BEFORE.length()
        + DIGITS
        + "\"},\"Name\":{\"S\":\"".length()
        + NAME.length()
        + "\"},\"DateTime\":{\"S\":\"".length();
  }
}
