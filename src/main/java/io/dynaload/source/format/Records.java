package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.util.Arrays;

/** What holds for the records of all formats. */
public final class Records {
  /** A record with more bytes is rejected; an item of 400 KB can take some, with its old image. */
  public static final int MAX_LENGTH = 16 << 20;

  /** So much of a rejected record is kept, from its beginning. */
  public static final int MAX_KEPT = 512 << 10;

  private Records() {}

  static Item rejected(
      byte[] bytes, int offset, int length, Origin origin, InvalidItemException why) {
    return rejected(bytes, offset, length, origin, why.reason().name(), why.problem());
  }

  /** The record at the beginning of a window, which goes on beyond its end. */
  static Item tooLong(ByteWindow window, Origin origin) {
    return rejected(
        window.bytes(),
        window.start(),
        window.length(),
        origin,
        Reason.TOO_LARGE.name(),
        "the record has more than " + MAX_LENGTH + " bytes");
  }

  /**
   * @param length of the record as far as it is there
   */
  static Item rejected(
      byte[] bytes, int offset, int length, Origin origin, String code, String reason) {
    int kept = Math.min(length, MAX_KEPT);
    String cut = kept < length ? "; of the record, the first " + MAX_KEPT + " bytes are kept" : "";
    return Item.rejected(
        Arrays.copyOfRange(bytes, offset, offset + kept),
        Item.NO_WRITE_TIMESTAMP,
        origin,
        new Rejection(Stage.SOURCE, Form.RAW, code, reason + cut));
  }
}
