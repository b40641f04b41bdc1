package io.dynaload.source.storage;

import io.dynaload.source.format.FilePart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Version 1: split id, number of parts (four bytes), and of each: uri, size, tag, the compression's
 * id (one byte), whether an MD5 is known and it, the records expected; unit, end, offset and number
 * of its position; the records emitted, whether it is done. Texts are written as by {@link
 * java.io.DataOutput#writeUTF}, other numbers have eight bytes, big-endian.
 */
public final class FileSplitSerializer implements SimpleVersionedSerializer<FileSplit> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FileSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    out.writeUTF(split.splitId());
    out.writeInt(split.parts().size());
    for (SplitPart part : split.parts()) {
      write(part, out);
    }
    return out.getCopyOfBuffer();
  }

  private static void write(SplitPart part, DataOutputSerializer out) throws IOException {
    StoredObject object = part.object();
    out.writeUTF(object.uri());
    out.writeLong(object.size());
    out.writeUTF(object.tag());
    out.writeByte(part.compression().id());
    String md5 = part.expected().md5();
    out.writeBoolean(md5 != null);
    if (md5 != null) {
      out.writeUTF(md5);
    }
    out.writeLong(part.expected().records());
    FilePart position = part.position();
    out.writeUTF(position.unit());
    out.writeLong(position.end());
    out.writeLong(position.offset());
    out.writeLong(position.number());
    out.writeLong(part.records());
    out.writeBoolean(part.done());
  }

  @Override
  public FileSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("File split of version " + version + " is not known here");
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    String splitId = in.readUTF();
    int count = in.readInt();
    List<SplitPart> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(read(in));
    }
    return new FileSplit(splitId, parts);
  }

  private static SplitPart read(DataInputDeserializer in) throws IOException {
    StoredObject object = new StoredObject(in.readUTF(), in.readLong(), in.readUTF());
    Compression compression = Compression.ofId(in.readByte());
    String md5 = in.readBoolean() ? in.readUTF() : null;
    Expectation expected = new Expectation(md5, in.readLong());
    FilePart position = new FilePart(in.readUTF(), in.readLong(), in.readLong(), in.readLong());
    return new SplitPart(object, compression, expected, position, in.readLong(), in.readBoolean());
  }
}
