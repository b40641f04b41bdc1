package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.Origin;
import java.util.Arrays;

/**
 * The lines of DynamoDB's export to S3 in DYNAMODB_JSON. {@code {"Item":{…}}} of a full export is a
 * put. Of an incremental one, {@code {"Metadata":{…},"Keys":{…},"NewImage":{…},"OldImage":{…}}},
 * the new image is a put, and a record without one is a delete by its keys; {@code
 * WriteTimestampMicros} is the item's write timestamp.
 *
 * <p>One pass checks all that stands in the line, and builds nothing; the item's bytes are then cut
 * out as they are. Not thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">DynamoDB
 *     developer guide, table export output format</a>
 */
final class ExportDecoder implements LineDecoder {
  private final JsonEnvelope line = new JsonEnvelope();
  private final ItemValidator validator = new ItemValidator();
  private final Image item = new Image("Item");
  private final Image keys = new Image("Keys");
  private final Image newImage = new Image("NewImage");
  private final Image oldImage = new Image("OldImage");
  private final Image metadata = new Image("Metadata");

  /** Where a map of attributes lies in the line. */
  private static final class Image {
    private final String name;
    private int start = -1;
    private int end;
    private int size;

    Image(String name) {
      this.name = name;
    }

    boolean isThere() {
      return start >= 0;
    }

    byte[] cutOut(byte[] bytes) {
      return Arrays.copyOfRange(bytes, start, end);
    }
  }

  @Override
  public Item decode(byte[] bytes, int offset, int length, Origin origin)
      throws InvalidItemException {
    line.begin(bytes, offset, length);
    for (Image image : new Image[] {item, keys, newImage, oldImage, metadata}) {
      image.start = -1;
    }
    line.expect('{');
    do {
      line.name();
      locate(bytes, named());
    } while (line.take(','));
    line.expect('}');
    line.expectEnd();
    long micros =
        metadata.isThere() ? WriteTimestamp.of(bytes, metadata.start, metadata.end) : NONE;
    if (item.isThere()) {
      return Item.put(item.cutOut(bytes), item.size, micros, origin);
    } else if (newImage.isThere()) {
      return Item.put(newImage.cutOut(bytes), newImage.size, micros, origin);
    } else if (keys.isThere()) {
      return Item.delete(keys.cutOut(bytes), keys.size, micros, origin);
    }
    throw new InvalidItemException(Reason.MALFORMED, "the record has neither Item nor Keys");
  }

  private static final long NONE = Item.NO_WRITE_TIMESTAMP;

  private Image named() throws InvalidItemException {
    for (Image image : new Image[] {item, keys, newImage, oldImage, metadata}) {
      if (line.nameIs(image.name)) {
        if (image.isThere()) {
          throw line.malformed(image.name + " is there twice, again");
        }
        return image;
      }
    }
    throw line.malformed("an unknown part of a record");
  }

  private void locate(byte[] bytes, Image image) throws InvalidItemException {
    image.start = line.position();
    try {
      image.size = validator.validateBeginning(bytes, image.start, line.end());
    } catch (InvalidItemException e) {
      throw new InvalidItemException(e.reason(), image.name + ": " + e.problem());
    }
    image.end = validator.end();
    line.goOnAt(image.end);
  }
}
