package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.ItemView;
import io.dynaload.item.Origin;
import io.dynaload.item.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/** The write timestamp in the metadata of an incremental export's record. Stateless. */
final class WriteTimestamp {
  private static final String NAME = "WriteTimestampMicros";
  private static final String USUAL = "{\"" + NAME + "\":{\"N\":\"";

  /**
   * @param start of a valid map of attributes
   * @return microseconds since 1970, or {@link Item#NO_WRITE_TIMESTAMP} if it is not there
   * @throws InvalidItemException if it is no whole number of microseconds
   */
  static long of(byte[] bytes, int start, int end) throws InvalidItemException {
    if (JsonEnvelope.startsWith(bytes, start, end, USUAL)) {
      long micros = 0;
      int first = start + USUAL.length();
      int p = first;
      for (; p < end && bytes[p] >= '0' && bytes[p] <= '9'; p++) {
        micros = micros * 10 + bytes[p] - '0';
      }
      if (p < end && bytes[p] == '"' && p - first <= 18) {
        return micros;
      }
    }
    byte[] metadata = Arrays.copyOfRange(bytes, start, end);
    return of(
        new ItemView(Item.put(metadata, 0, Item.NO_WRITE_TIMESTAMP, new Origin("", 0))).get(NAME));
  }

  private static long of(Optional<Value> value) throws InvalidItemException {
    if (value.isEmpty()) {
      return Item.NO_WRITE_TIMESTAMP;
    }
    if (value.get() instanceof Value.N number) {
      return of(number.text());
    }
    throw notMicros();
  }

  /**
   * @param decimal a number by DynamoDB's rules
   */
  static long of(String decimal) throws InvalidItemException {
    try {
      return new BigDecimal(decimal).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw notMicros();
    }
  }

  private static InvalidItemException notMicros() {
    return new InvalidItemException(
        Reason.MALFORMED, "Metadata: " + NAME + " is no whole number of microseconds");
  }

  private WriteTimestamp() {}
}
