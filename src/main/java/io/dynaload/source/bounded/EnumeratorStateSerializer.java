package io.dynaload.source.bounded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Version 1: fingerprint (length, UTF-8), planned, total, version of the splits' serializer, number
 * of pending splits, and each with its length before it. All integers have four bytes, big-endian.
 */
final class EnumeratorStateSerializer<SplitT>
    implements SimpleVersionedSerializer<EnumeratorState<SplitT>> {
  private static final int VERSION = 1;

  private final SimpleVersionedSerializer<SplitT> splits;

  EnumeratorStateSerializer(SimpleVersionedSerializer<SplitT> splits) {
    this.splits = splits;
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(EnumeratorState<SplitT> state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    writeBytes(out, state.fingerprint().getBytes(StandardCharsets.UTF_8));
    out.writeBoolean(state.planned());
    out.writeInt(state.total());
    out.writeInt(splits.getVersion());
    out.writeInt(state.pending().size());
    for (SplitT split : state.pending()) {
      writeBytes(out, splits.serialize(split));
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public EnumeratorState<SplitT> deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("Enumerator state of version " + version + " is not known here");
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    String fingerprint = new String(readBytes(in), StandardCharsets.UTF_8);
    boolean planned = in.readBoolean();
    int total = in.readInt();
    int splitVersion = in.readInt();
    int count = in.readInt();
    List<SplitT> pending = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      pending.add(splits.deserialize(splitVersion, readBytes(in)));
    }
    return new EnumeratorState<>(fingerprint, planned, total, pending);
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
