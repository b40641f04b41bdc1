package io.dynaload.source.file;

import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;

/**
 * Tells by the beginning of a file of CSV whether its quoted values hold line ends. A quote that
 * stands alone in a value may make it say yes where none does, which costs time only.
 */
final class MultiLineSample {
  private static final int SAMPLE = 1 << 20;

  private MultiLineSample() {}

  static boolean isIn(Storage storage, StoredObject object, char quote) throws IOException {
    try (InputStream in = storage.open(object, 0)) {
      return isIn(in.readNBytes(SAMPLE), quote);
    }
  }

  static boolean isIn(byte[] sample, char quote) {
    boolean quoted = false;
    for (byte b : sample) {
      if (b == quote) {
        quoted = !quoted;
      } else if (b == '\n' && quoted) {
        return true;
      }
    }
    return false;
  }
}
