package io.dynaload.source.format;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.system.IonReaderBuilder;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.Origin;
import io.dynaload.item.Value;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes items of single records of Ion. Not thread-safe. */
final class IonDecoder {
  private static final IonReaderBuilder READERS = IonReaderBuilder.standard();

  private final boolean export;
  private final AttributeNames names = new AttributeNames();
  private final ItemEncoder encoder = new ItemEncoder();

  /**
   * @param export whether the records are those of DynamoDB's export, or items
   */
  IonDecoder(boolean export) {
    this.export = export;
  }

  /**
   * The item of a record, or the record as a rejected item.
   *
   * @param bytes Ion that can be read by itself
   * @param from where the record begins; what is before gives it its symbols
   * @return null if there is no value
   */
  @Nullable Item decode(byte[] bytes, int offset, int from, int to, Origin origin) {
    try (IonReader reader = READERS.build(bytes, offset, to - offset)) {
      return item(reader, origin);
    } catch (InvalidItemException e) {
      return Records.rejected(bytes, from, to - from, origin, e);
    } catch (IOException | RuntimeException e) {
      // The message may hold values; of text that is no Ion, the reader throws many exceptions.
      return Records.rejected(
          bytes, from, to - from, origin, Reason.MALFORMED.name(), "the record is no Ion");
    }
  }

  private @Nullable Item item(IonReader reader, Origin origin) throws InvalidItemException {
    IonType type = reader.next();
    if (type == null) {
      return null;
    }
    if (type != IonType.STRUCT || reader.isNullValue()) {
      throw new InvalidItemException(Reason.MALFORMED, "a struct is expected");
    }
    IonRecord record = new IonRecord(export);
    Map<String, Value> attributes = record.read(reader);
    if (reader.next() != null) {
      throw new InvalidItemException(Reason.MALFORMED, "something follows the struct");
    }
    encoder.begin();
    for (Map.Entry<String, Value> attribute : attributes.entrySet()) {
      encoder.value(names.of(attribute.getKey()), attribute.getValue());
    }
    return record.isDelete()
        ? encoder.delete(record.writeTimestampMicros(), origin)
        : encoder.put(record.writeTimestampMicros(), origin);
  }
}
