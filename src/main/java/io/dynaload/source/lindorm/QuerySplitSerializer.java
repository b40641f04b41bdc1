package io.dynaload.source.lindorm;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: rows and checksum, eight bytes each, big-endian. */
final class QuerySplitSerializer implements SimpleVersionedSerializer<QuerySplit> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(QuerySplit split) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(split.rows())
        .putLong(split.checksum())
        .array();
  }

  @Override
  public QuerySplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("Query split of version " + version + " is not known here");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new QuerySplit(in.getLong(), in.getLong());
  }
}
