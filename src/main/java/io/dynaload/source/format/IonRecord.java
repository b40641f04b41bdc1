package io.dynaload.source.format;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.Value;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One struct of a file, and which item it stands for. Not thread-safe. */
final class IonRecord {
  private final boolean export;
  private final Set<String> parts = new HashSet<>();
  private @Nullable Map<String, Value> put;
  private @Nullable Map<String, Value> keys;
  private long writeTimestampMicros = Item.NO_WRITE_TIMESTAMP;

  IonRecord(boolean export) {
    this.export = export;
  }

  /**
   * @param reader at the struct
   * @return the attributes of the put, or of the delete's key
   */
  Map<String, Value> read(IonReader reader) throws InvalidItemException {
    if (export) {
      parts(reader);
      if (put != null) {
        return put;
      } else if (keys != null) {
        return keys;
      }
      throw malformed("the record has neither Item nor Keys");
    }
    Map<String, Value> attributes = IonValues.attributes(reader, 0, true);
    Value only = attributes.size() == 1 ? attributes.get("Item") : null;
    // An item's key is no map, so no item has one as its only attribute.
    put = only instanceof Value.M item ? item.entries() : attributes;
    return put;
  }

  boolean isDelete() {
    return put == null;
  }

  long writeTimestampMicros() {
    return writeTimestampMicros;
  }

  private void parts(IonReader reader) throws InvalidItemException {
    reader.stepIn();
    for (IonType type = reader.next(); type != null; type = reader.next()) {
      String name = IonValues.fieldName(reader);
      if (type != IonType.STRUCT || reader.isNullValue() || !parts.add(name)) {
        throw malformed("a record's part is no struct, or is there twice");
      }
      switch (name) {
        case "Record" -> parts(reader);
        case "Item", "NewImage" -> put = IonValues.attributes(reader, 0, false);
        case "Keys" -> keys = IonValues.attributes(reader, 0, false);
        case "OldImage" -> IonValues.attributes(reader, 0, false);
        case "Metadata" -> writeTimestampMicros = timestamp(reader);
        default -> throw malformed("an unknown part of a record");
      }
    }
    reader.stepOut();
  }

  private static long timestamp(IonReader reader) throws InvalidItemException {
    Value value = IonValues.attributes(reader, 0, false).get("WriteTimestampMicros");
    if (value == null) {
      return Item.NO_WRITE_TIMESTAMP;
    }
    return WriteTimestamp.of(value instanceof Value.N number ? number.text() : "");
  }

  private static InvalidItemException malformed(String what) {
    return new InvalidItemException(Reason.MALFORMED, what);
  }
}
