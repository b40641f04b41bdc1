package io.dynaload.source.deadletter;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: the number of letters, eight bytes, big-endian. */
final class LetterSplitSerializer implements SimpleVersionedSerializer<LetterSplit> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(LetterSplit split) {
    return ByteBuffer.allocate(Long.BYTES).putLong(split.letters()).array();
  }

  @Override
  public LetterSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("Letter split of version " + version + " is not known here");
    }
    return new LetterSplit(ByteBuffer.wrap(bytes).getLong());
  }
}
