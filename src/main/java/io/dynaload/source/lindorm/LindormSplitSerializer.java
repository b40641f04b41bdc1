package io.dynaload.source.lindorm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Version 2: split id, key columns (count; name, type's name, descending), prefix (count; values),
 * lower and upper (each whether there is one; value), whether upper is inclusive, position (count;
 * values), rows. Values are written by {@link KeyValueFormat}. Version 1 had no prefix, and always
 * had both bounds, without the mark before them.
 */
final class LindormSplitSerializer implements SimpleVersionedSerializer<LindormSplit> {
  private static final int VERSION = 2;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(LindormSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(128);
    out.writeUTF(split.splitId());
    out.writeByte(split.key().size());
    for (KeyColumn column : split.key()) {
      out.writeUTF(column.name());
      out.writeUTF(column.type().name());
      out.writeBoolean(column.descending());
    }
    KeyRange range = split.range();
    writeValues(range.prefix(), out);
    writeBound(range.lower(), out);
    writeBound(range.upper(), out);
    out.writeBoolean(range.upperInclusive());
    writeValues(split.position(), out);
    out.writeLong(split.rows());
    return out.getCopyOfBuffer();
  }

  @Override
  public LindormSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version < 1 || version > VERSION) {
      throw new IOException("Lindorm split of version " + version + " is not known here");
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    String splitId = in.readUTF();
    List<KeyColumn> key = new ArrayList<>();
    for (int columns = in.readUnsignedByte(); columns > 0; columns--) {
      key.add(new KeyColumn(in.readUTF(), ColumnType.valueOf(in.readUTF()), in.readBoolean()));
    }
    KeyRange range =
        version == 1
            ? new KeyRange(KeyValueFormat.read(in), KeyValueFormat.read(in), in.readBoolean())
            : new KeyRange(readValues(in), readBound(in), readBound(in), in.readBoolean());
    return new LindormSplit(splitId, key, range, readValues(in), in.readLong());
  }

  private static void writeBound(@Nullable KeyValue bound, DataOutputSerializer out)
      throws IOException {
    out.writeBoolean(bound != null);
    if (bound != null) {
      KeyValueFormat.write(bound, out);
    }
  }

  private static @Nullable KeyValue readBound(DataInputDeserializer in) throws IOException {
    return in.readBoolean() ? KeyValueFormat.read(in) : null;
  }

  private static void writeValues(List<KeyValue> values, DataOutputSerializer out)
      throws IOException {
    out.writeByte(values.size());
    for (KeyValue value : values) {
      KeyValueFormat.write(value, out);
    }
  }

  private static List<KeyValue> readValues(DataInputDeserializer in) throws IOException {
    List<KeyValue> values = new ArrayList<>();
    for (int count = in.readUnsignedByte(); count > 0; count--) {
      values.add(KeyValueFormat.read(in));
    }
    return values;
  }
}
