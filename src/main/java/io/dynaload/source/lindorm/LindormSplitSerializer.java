package io.dynaload.source.lindorm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Version 1: split id, key columns (count; name, type's name, descending), lower, upper, whether
 * upper is inclusive, position (count; values), rows. Values are written by {@link KeyValueFormat}.
 */
final class LindormSplitSerializer implements SimpleVersionedSerializer<LindormSplit> {
  private static final int VERSION = 1;

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
    KeyValueFormat.write(split.range().lower(), out);
    KeyValueFormat.write(split.range().upper(), out);
    out.writeBoolean(split.range().upperInclusive());
    out.writeByte(split.position().size());
    for (KeyValue value : split.position()) {
      KeyValueFormat.write(value, out);
    }
    out.writeLong(split.rows());
    return out.getCopyOfBuffer();
  }

  @Override
  public LindormSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("Lindorm split of version " + version + " is not known here");
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    String splitId = in.readUTF();
    List<KeyColumn> key = new ArrayList<>();
    for (int columns = in.readUnsignedByte(); columns > 0; columns--) {
      key.add(new KeyColumn(in.readUTF(), ColumnType.valueOf(in.readUTF()), in.readBoolean()));
    }
    KeyRange range =
        new KeyRange(KeyValueFormat.read(in), KeyValueFormat.read(in), in.readBoolean());
    List<KeyValue> position = new ArrayList<>();
    for (int values = in.readUnsignedByte(); values > 0; values--) {
      position.add(KeyValueFormat.read(in));
    }
    return new LindormSplit(splitId, key, range, position, in.readLong());
  }
}
