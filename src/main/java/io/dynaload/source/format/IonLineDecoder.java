package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The lines of DynamoDB's export to S3 in ION, each {@code $ion_1_0 {Item:{…}}}, or an incremental
 * export's record, in {@code Record:{…}} or not. Not thread-safe.
 */
final class IonLineDecoder implements LineDecoder {
  private final IonScanner scanner = new IonScanner();
  private final IonDecoder decoder = new IonDecoder(true);

  @Override
  public @Nullable Item decode(byte[] bytes, int offset, int length, Origin origin)
      throws InvalidItemException {
    Utf8.check(bytes, offset, length);
    int recordLength = scanner.recordLength(bytes, offset, offset + length, true);
    scanner.check();
    for (int p = offset + recordLength; p < offset + length; p++) {
      if (bytes[p] != ' ' && bytes[p] != '\t') {
        throw new InvalidItemException(Reason.MALFORMED, "something follows the struct");
      }
    }
    return decoder.decode(bytes, offset, offset, offset + length, origin);
  }
}
