package io.dynaload.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dynaload.item.Item;
import java.util.List;

/**
 * The body of a BatchWriteItem request, spliced from the bytes of its items. Immutable and
 * thread-safe.
 */
final class BatchBody {
  private static final byte[] PUT = "{\"PutRequest\":{\"Item\":".getBytes(US_ASCII);
  private static final byte[] DELETE = "{\"DeleteRequest\":{\"Key\":".getBytes(US_ASCII);
  private static final byte[] END = "}}".getBytes(US_ASCII);
  private static final byte[] TAIL =
      "]},\"ReturnConsumedCapacity\":\"INDEXES\"}".getBytes(US_ASCII);

  private final byte[] head;

  /**
   * @param table of characters that JSON need not escape, as all table names are
   */
  BatchBody(String table) {
    head = ("{\"RequestItems\":{\"" + table + "\":[").getBytes(US_ASCII);
  }

  /** The bytes that an item takes in a body, its comma included. */
  static int length(Item item) {
    return opening(item).length + item.json().length + END.length + 1;
  }

  /** The body for at least one item. */
  byte[] of(List<Item> items) {
    int length = head.length - 1 + TAIL.length;
    for (Item item : items) {
      length += length(item);
    }
    byte[] body = new byte[length];
    int at = append(body, 0, head);
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        body[at++] = ',';
      }
      Item item = items.get(i);
      at = append(body, at, opening(item));
      at = append(body, at, item.json());
      at = append(body, at, END);
    }
    append(body, at, TAIL);
    return body;
  }

  private static byte[] opening(Item item) {
    return switch (item.kind()) {
      case PUT -> PUT;
      case DELETE -> DELETE;
      case REJECTED -> throw new IllegalStateException("A rejected item cannot be sent: " + item);
    };
  }

  private static int append(byte[] to, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, to, at, bytes.length);
    return at + bytes.length;
  }
}
