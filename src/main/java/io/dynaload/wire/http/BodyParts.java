package io.dynaload.wire.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A body that comes in several parts, each copied once if the length that was announced is right.
 * Not thread-safe.
 */
final class BodyParts {
  private static final int LEAST = 8 << 10;

  /** Of what is announced; more is believed when it is there. */
  private static final int MOST_AT_ONCE = 8 << 20;

  private byte[] bytes;
  private int length;

  /**
   * @param announced length, or less than 0 if there was none
   */
  BodyParts(long announced) {
    bytes = new byte[(int) (announced < 0 ? LEAST : Math.min(announced, MOST_AT_ONCE))];
  }

  void add(ByteBuf part) {
    int more = part.readableBytes();
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), 2 * bytes.length));
    }
    part.getBytes(part.readerIndex(), bytes, length, more);
    length += more;
  }

  byte[] toArray() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
