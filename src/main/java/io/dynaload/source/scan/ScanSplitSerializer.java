package io.dynaload.source.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Version 1: split id, table, names of the position's attributes (count; each), total segments,
 * segments (count; of each: number, position with its length before it, items, whether it is done).
 * Texts are written as by {@link java.io.DataOutput#writeUTF}, a position as UTF-8, counts of names
 * in one byte; items have eight bytes, other numbers four, big-endian.
 */
final class ScanSplitSerializer implements SimpleVersionedSerializer<ScanSplit> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(ScanSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    out.writeUTF(split.splitId());
    out.writeUTF(split.table());
    out.writeByte(split.position().size());
    for (String name : split.position()) {
      out.writeUTF(name);
    }
    out.writeInt(split.total());
    out.writeInt(split.segments().size());
    for (Segment segment : split.segments()) {
      out.writeInt(segment.number());
      byte[] position = segment.position().getBytes(UTF_8);
      out.writeInt(position.length);
      out.write(position);
      out.writeLong(segment.items());
      out.writeBoolean(segment.done());
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public ScanSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("Scan split of version " + version + " is not known here");
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    String splitId = in.readUTF();
    String table = in.readUTF();
    List<String> names = new ArrayList<>();
    for (int count = in.readUnsignedByte(); count > 0; count--) {
      names.add(in.readUTF());
    }
    int total = in.readInt();
    List<Segment> segments = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      int number = in.readInt();
      byte[] position = new byte[in.readInt()];
      in.readFully(position);
      segments.add(
          new Segment(number, new String(position, UTF_8), in.readLong(), in.readBoolean()));
    }
    return new ScanSplit(splitId, table, names, total, segments);
  }
}
