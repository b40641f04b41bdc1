package io.dynaload.wire.http;

import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a call led to: an answer that was read to its end, or what went wrong.
 *
 * @param date the Date header, or ""
 * @param checksum the CRC32 of the body that was sent, in decimal; "" if the service tells none
 * @param thrown what went wrong; the rest means nothing then
 */
public record HttpAnswer(
    int status, String date, String checksum, byte[] body, @Nullable Throwable thrown) {
  private static final byte[] NOTHING = {};

  /** No answer. */
  public static HttpAnswer none(Throwable thrown) {
    return new HttpAnswer(0, "", "", NOTHING, thrown);
  }

  /** Whether the body that was received is the one that was sent, as far as can be told. */
  public boolean isIntact() {
    if (checksum.isEmpty()) {
      return true;
    }
    CRC32 crc = new CRC32();
    crc.update(body);
    return checksum.equals(Long.toString(crc.getValue()));
  }
}
