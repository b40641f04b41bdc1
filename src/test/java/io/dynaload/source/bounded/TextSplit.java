package io.dynaload.source.bounded;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A split that is nothing but its name. */
record TextSplit(String splitId) implements SourceSplit {
  static final SimpleVersionedSerializer<TextSplit> SERIALIZER =
      new SimpleVersionedSerializer<>() {
        @Override
        public int getVersion() {
          return 7;
        }

        @Override
        public byte[] serialize(TextSplit split) {
          return split.splitId.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public TextSplit deserialize(int version, byte[] bytes) {
          return new TextSplit(new String(bytes, StandardCharsets.UTF_8));
        }
      };
}
