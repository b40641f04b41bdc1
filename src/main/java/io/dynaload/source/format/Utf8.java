package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of records, which must be UTF-8: none is ever mended by a replacement character. */
final class Utf8 {
  private Utf8() {}

  static String text(byte[] bytes, int offset, int length) throws InvalidItemException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new InvalidItemException(Reason.MALFORMED, "the record is not UTF-8");
    }
  }

  static void check(byte[] bytes, int offset, int length) throws InvalidItemException {
    for (int p = offset; p < offset + length; p++) {
      if (bytes[p] < 0) {
        text(bytes, offset, length);
        return;
      }
    }
  }
}
