package io.dynaload.source.file;

import io.dynaload.source.storage.FileSplit;
import io.dynaload.source.storage.FileSplitSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Version 1: fingerprint (length, UTF-8), number of the next split (eight bytes), number of files
 * seen, and sixteen bytes each; version of the splits' serializer, number of pending splits, and
 * each with its length before it. Integers have four bytes where nothing is said, big-endian.
 */
final class WatchStateSerializer implements SimpleVersionedSerializer<WatchState> {
  private static final int VERSION = 1;

  private final FileSplitSerializer splits = new FileSplitSerializer();

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(WatchState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256 + 16 * state.seen().size());
    writeBytes(out, state.fingerprint().getBytes(StandardCharsets.UTF_8));
    out.writeLong(state.nextId());
    out.writeInt(state.seen().size());
    for (SeenFiles.Mark mark : state.seen()) {
      out.writeLong(mark.high());
      out.writeLong(mark.low());
    }
    out.writeInt(splits.getVersion());
    out.writeInt(state.pending().size());
    for (FileSplit split : state.pending()) {
      writeBytes(out, splits.serialize(split));
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public WatchState deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("State of a watch of version " + version + " is not known here");
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    String fingerprint = new String(readBytes(in), StandardCharsets.UTF_8);
    long nextId = in.readLong();
    int files = in.readInt();
    List<SeenFiles.Mark> seen = new ArrayList<>(files);
    for (int i = 0; i < files; i++) {
      seen.add(new SeenFiles.Mark(in.readLong(), in.readLong()));
    }
    int splitVersion = in.readInt();
    int count = in.readInt();
    List<FileSplit> pending = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      pending.add(splits.deserialize(splitVersion, readBytes(in)));
    }
    return new WatchState(fingerprint, nextId, seen, pending);
  }

  private static void writeBytes(DataOutputSerializer out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputDeserializer in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
