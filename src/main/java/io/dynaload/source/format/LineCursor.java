package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds the lines of a part and has each decoded where it lies. Not thread-safe. */
final class LineCursor implements RecordCursor {
  private final FilePart part;
  private final LineDecoder decoder;
  private final ByteWindow window;
  private long number;

  LineCursor(FileBytes file, FilePart part, LineDecoder decoder) throws IOException {
    this.part = part;
    this.decoder = decoder;
    this.number = part.number();
    long from = part.mayBeginWithinARecord() ? part.offset() - 1 : part.offset();
    window = new ByteWindow(file.openAt(from), from);
    if (part.mayBeginWithinARecord()) {
      // The byte before is the line feed if a line begins just here.
      window.dropLine();
    } else if (from == 0) {
      window.dropByteOrderMark();
    }
  }

  @Override
  public @Nullable Item next() throws IOException {
    while (window.offset() < part.end()) {
      int scanned = 0;
      int feed;
      while ((feed = feedFrom(scanned)) < 0) {
        scanned = window.length();
        if (scanned > Records.MAX_LENGTH) {
          return tooLong();
        }
        if (!window.more()) {
          break;
        }
      }
      int length = feed < 0 ? window.length() : feed - window.start();
      if (length > Records.MAX_LENGTH) {
        return tooLong();
      }
      if (feed < 0 && length == 0) {
        return null;
      }
      number++;
      byte[] bytes = window.bytes();
      int start = window.start();
      window.drop(feed < 0 ? length : length + 1);
      if (!isBlank(bytes, start, start + length)) {
        boolean carriage = bytes[start + length - 1] == '\r';
        Item item = decode(bytes, start, carriage ? length - 1 : length);
        if (item != null) {
          return item;
        }
      }
    }
    return null;
  }

  private int feedFrom(int scanned) {
    return ByteWindow.indexOf('\n', window.bytes(), window.start() + scanned, window.end());
  }

  /** A file that a crash left behind may have zeros where its lines were: these are not blank. */
  private static boolean isBlank(byte[] bytes, int start, int end) {
    int p = start;
    while (p < end && (bytes[p] == ' ' || bytes[p] >= '\t' && bytes[p] <= '\r')) {
      p++;
    }
    return p == end;
  }

  private @Nullable Item decode(byte[] bytes, int offset, int length) {
    Origin origin = new Origin(part.unit(), number);
    try {
      return decoder.decode(bytes, offset, length, origin);
    } catch (InvalidItemException e) {
      return Records.rejected(bytes, offset, length, origin, e);
    } catch (RuntimeException e) {
      // The message may hold values.
      String reason = "the decoder failed with " + e.getClass().getName();
      return Records.rejected(bytes, offset, length, origin, Reason.MALFORMED.name(), reason);
    }
  }

  private Item tooLong() throws IOException {
    number++;
    Item item = Records.tooLong(window, new Origin(part.unit(), number));
    window.dropLine();
    return item;
  }

  @Override
  public long offset() {
    return window.offset();
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
