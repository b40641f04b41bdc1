package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds the records of text Ion, and has each decoded by itself. Not thread-safe. */
final class IonText implements RecordCursor {
  private final ByteWindow window;
  private final FilePart part;
  private final IonDecoder decoder;
  private final IonScanner scanner = new IonScanner();
  private long records;

  IonText(ByteWindow window, FilePart part, IonDecoder decoder) {
    this.window = window;
    this.part = part;
    this.decoder = decoder;
    this.records = part.number();
  }

  @Override
  public @Nullable Item next() throws IOException {
    while (window.offset() < part.end()) {
      int length = record();
      if (length == 0) {
        return null;
      }
      Origin origin = new Origin(part.unit(), records + 1);
      Item item = length > Records.MAX_LENGTH ? tooLong(origin) : item(length, origin);
      if (length <= Records.MAX_LENGTH) {
        window.drop(length);
      }
      if (item != null) {
        records++;
        return item;
      }
    }
    return null;
  }

  /** How long the record is, as far as it is within bounds; 0 at the end of the file. */
  private int record() throws IOException {
    int wanted = 1;
    boolean atEnd = false;
    while (true) {
      while (!atEnd && window.length() < wanted) {
        atEnd = !window.more();
      }
      int length = scanner.recordLength(window.bytes(), window.start(), window.end(), atEnd);
      if (length >= 0) {
        return length;
      }
      if (window.length() > Records.MAX_LENGTH) {
        return window.length();
      }
      // It is scanned from its beginning again, so the window doubles.
      wanted = window.length() * 2 + 1;
    }
  }

  private @Nullable Item item(int length, Origin origin) {
    byte[] bytes = window.bytes();
    int end = window.start() + length;
    int start = window.start();
    while (start < end && bytes[start] <= ' ' && bytes[start] >= 0) {
      start++;
    }
    try {
      scanner.check();
      Utf8.check(bytes, start, end - start);
    } catch (InvalidItemException e) {
      return Records.rejected(bytes, start, end - start, origin, e);
    }
    return decoder.decode(bytes, start, start, end, origin);
  }

  /** Goes on with the next line that a record of an export begins. */
  private Item tooLong(Origin origin) throws IOException {
    Item item = Records.tooLong(window, origin);
    do {
      window.dropLine();
      while (window.length() < IonScanner.VERSION.length() && window.more()) {}
    } while (window.length() > 0
        && !IonScanner.mayBegin(window.bytes(), window.start(), window.end()));
    return item;
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
