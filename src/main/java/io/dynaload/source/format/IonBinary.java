package io.dynaload.source.format;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of binary Ion by the lengths that stand before them, and has each decoded
 * behind the symbol tables that came before. It always reads from the file's beginning, because of
 * these. Where a length is wrong nothing behind it can be found, and the file is given up.
 *
 * @see <a href="https://amazon-ion.github.io/ion-docs/docs/binary.html">Amazon Ion binary
 *     encoding</a>
 */
final class IonBinary implements RecordCursor {
  static final byte[] VERSION_MARKER = {(byte) 0xe0, 1, 0, (byte) 0xea};

  private static final int MAX_SYMBOLS = 16 << 20;
  private static final int LONGEST_LENGTH = 10;
  private static final byte SYMBOL_TABLE = (byte) 0x83;

  private final ByteWindow window;
  private final FilePart part;
  private final IonDecoder decoder;

  /** The version marker and the symbol tables since; a record is put behind them. */
  private byte[] context = VERSION_MARKER;

  private int contextLength = VERSION_MARKER.length;
  private long records;

  IonBinary(ByteWindow window, FilePart part, IonDecoder decoder) throws IOException {
    this.window = window;
    this.part = part;
    this.decoder = decoder;
    this.records = part.number();
    while (window.offset() < part.offset()) {
      int length = frame();
      if (length == 0) {
        throw broken();
      }
      notice(length);
      drop(length);
    }
  }

  static boolean isBinary(ByteWindow window) {
    int start = window.start();
    return window.length() >= VERSION_MARKER.length
        && Arrays.equals(
            window.bytes(),
            start,
            start + VERSION_MARKER.length,
            VERSION_MARKER,
            0,
            VERSION_MARKER.length);
  }

  @Override
  public @Nullable Item next() throws IOException {
    while (window.offset() < part.end()) {
      int length = frame();
      if (length == 0) {
        return null;
      }
      Item item = notice(length) ? null : item(length, new Origin(part.unit(), records + 1));
      drop(length);
      if (item != null) {
        records++;
        return item;
      }
    }
    return null;
  }

  private @Nullable Item item(int length, Origin origin) {
    if (length > Records.MAX_LENGTH) {
      return Records.tooLong(window, origin);
    }
    reserve(length);
    System.arraycopy(window.bytes(), window.start(), context, contextLength, length);
    int to = contextLength + length;
    return decoder.decode(context, 0, contextLength, to, origin);
  }

  private void reserve(int more) {
    if (context.length < contextLength + more) {
      context = Arrays.copyOf(context, contextLength + Math.max(more, 1 << 16));
    }
  }

  /** Keeps what is no record but what those behind it need; false for a record. */
  private boolean notice(int length) {
    byte[] bytes = window.bytes();
    int start = window.start();
    if (isBinary(window)) {
      contextLength = VERSION_MARKER.length;
      return true;
    }
    if (!isSymbolTable(bytes, start, start + Math.min(length, window.length()))) {
      return false;
    }
    if (contextLength + length > MAX_SYMBOLS || length > window.length()) {
      throw broken();
    }
    reserve(length);
    System.arraycopy(bytes, start, context, contextLength, length);
    contextLength += length;
    return true;
  }

  /** Whether a value's first annotation says so. */
  private static boolean isSymbolTable(byte[] bytes, int start, int end) {
    if ((bytes[start] & 0xf0) != 0xe0) {
      return false;
    }
    int p = start + 1;
    if ((bytes[start] & 15) == 14) {
      p = behindNumber(bytes, p, end);
    }
    p = behindNumber(bytes, p, end);
    return p < end && bytes[p] == SYMBOL_TABLE;
  }

  private static int behindNumber(byte[] bytes, int from, int end) {
    int p = from;
    while (p < end && bytes[p] >= 0) {
      p++;
    }
    return p + 1;
  }

  /** The length of the next value, which is in the window unless it is too long; 0 at the end. */
  private int frame() throws IOException {
    fill(1 + LONGEST_LENGTH);
    if (window.length() == 0) {
      return 0;
    }
    byte[] bytes = window.bytes();
    int start = window.start();
    int type = bytes[start] >> 4 & 15;
    int low = bytes[start] & 15;
    long length = 1;
    if (isBinary(window)) {
      length = VERSION_MARKER.length;
    } else if (type == 15 || type == 14 && low < 3) {
      throw broken();
    } else if (low == 14 || type == 13 && low == 1) {
      int p = start + 1;
      long more = 0;
      do {
        if (p >= window.end() || p > start + 4) {
          throw broken();
        }
        more = more << 7 | bytes[p] & 0x7f;
      } while (bytes[p++] >= 0);
      length = p - start + more;
    } else if (low != 15 && type != 1) {
      length = 1 + low;
    }
    fill((int) Math.min(length, Records.MAX_LENGTH + 1));
    if (window.length() < Math.min(length, Records.MAX_LENGTH)) {
      throw broken();
    }
    return (int) length;
  }

  private void fill(int length) throws IOException {
    while (window.length() < length && window.more()) {}
  }

  private void drop(int length) throws IOException {
    int left = length;
    while (left > 0) {
      int now = Math.min(left, window.length());
      window.drop(now);
      left -= now;
      if (left > 0 && !window.more()) {
        throw broken();
      }
    }
  }

  private ImportException broken() {
    return new ImportException(
        ErrorCode.SOURCE,
        part.unit()
            + " is no binary Ion from byte "
            + window.offset()
            + " on, or is cut short there",
        "Compare the file with where it was made.");
  }

  @Override
  public long offset() {
    return window.offset();
  }

  @Override
  public long number() {
    return records;
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
