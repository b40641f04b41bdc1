package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import java.util.List;
import java.util.Optional;

/** The formats that are built in. */
public final class Formats {
  private Formats() {}

  /**
   * The format of an export whose layout is not known, by the first line of one of its files.
   *
   * @param length of the bytes from the file's beginning on, which should hold a whole line
   * @return nothing if the line is of no export
   */
  public static Optional<RecordFormat> ofExport(byte[] bytes, int length) {
    int start = 0;
    while (start < length && (bytes[start] == '\n' || bytes[start] == '\r')) {
      start++;
    }
    int feed = ByteWindow.indexOf('\n', bytes, start, length);
    int end = feed < 0 ? length : feed;
    for (RecordFormat format : List.of(dynamoDbExport(), legacyExport(), ionExport())) {
      if (isOf((LineFormat) format, bytes, start, end - start)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(LineFormat format, byte[] bytes, int offset, int length) {
    try {
      Item item = format.decoders().get().decode(bytes, offset, length, new Origin("", 1));
      return item != null && !item.isRejected();
    } catch (InvalidItemException e) {
      return false;
    }
  }

  /** DynamoDB's export to S3 in DYNAMODB_JSON: full and incremental, with one image or both. */
  public static RecordFormat dynamoDbExport() {
    return new LineFormat(ExportDecoder::new);
  }

  /** The exports of Data Pipeline and EMR, in both of their layouts. */
  public static RecordFormat legacyExport() {
    return new LineFormat(LegacyDecoder::new);
  }

  /** Lines of DynamoDB JSON, each {@code {"Item":{…}}} or the attributes alone. */
  public static RecordFormat dynamoDbJson() {
    return new LineFormat(DynamoDbJsonDecoder::new);
  }

  /** JSON Lines: an object a line; objects within are M, arrays L, numbers exact. */
  public static RecordFormat json() {
    return new LineFormat(JsonDecoder::new);
  }

  public static RecordFormat csv(CsvOptions options) {
    return new CsvFormat(options);
  }

  /** DynamoDB's export to S3 in ION: full and incremental. */
  public static RecordFormat ionExport() {
    return new LineFormat(IonLineDecoder::new);
  }

  /** Ion, text or binary: a struct is an item, or holds one in {@code Item}. */
  public static RecordFormat ion() {
    return new IonFormat();
  }
}
