package io.dynaload.faulty;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32;

/**
 * What the client of a call gets to see.
 *
 * @param crc32 of the body as it was sent, which is not always what arrives
 * @param delay before the answer begins
 */
public record Outcome(int status, byte[] body, long crc32, Delivery delivery, Duration delay) {
  /** How much of the answer arrives before the connection is cut. */
  public enum Delivery {
    WHOLE,
    HALF,
    NOTHING
  }

  static Outcome of(int status, byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    return new Outcome(status, body, crc.getValue(), Delivery.WHOLE, Duration.ZERO);
  }

  static Outcome of(ServiceError error) {
    var body = Json.object();
    body.put("__type", "com.amazonaws.dynamodb.v20120810#" + error.code());
    body.put("message", error.getMessage());
    if (error.item() != null) {
      body.set("Item", error.item());
    }
    return of(400, Json.bytes(body));
  }

  Outcome delivered(Delivery how) {
    return new Outcome(status, body, crc32, how, delay);
  }

  Outcome after(Duration later) {
    return new Outcome(status, body, crc32, delivery, later);
  }

  /** With another text in place of one, but the checksum of what was sent. */
  Outcome corrupted(String sent, String received) {
    byte[] other =
        new String(body, StandardCharsets.UTF_8)
            .replace(sent, received)
            .getBytes(StandardCharsets.UTF_8);
    return new Outcome(status, other, crc32, delivery, delay);
  }
}
