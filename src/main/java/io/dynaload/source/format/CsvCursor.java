package io.dynaload.source.format;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.Origin;
import io.dynaload.source.format.CsvParser.Field;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a part and makes an item of each. Not thread-safe.
 *
 * <p>A quote that is never closed hides all rows behind it. As long as they can be kept as one
 * rejected item they are; beyond that the file is given up.
 */
final class CsvCursor implements RecordCursor {
  private final FileBytes file;
  private final FilePart part;
  private final CsvOptions options;
  private final CsvColumns columns;
  private final ByteWindow window;
  private final CsvRows rows;
  private final CsvParser parser;
  private final ItemEncoder encoder = new ItemEncoder();
  private long lines;

  /** Where the first row behind the header begins. */
  private long rowsBegin;

  private CsvCursor(
      FileBytes file, FilePart part, CsvColumns columns, ByteWindow window, CsvOptions options) {
    this.file = file;
    this.part = part;
    this.options = options;
    this.columns = columns;
    this.window = window;
    this.rows = new CsvRows(options);
    this.parser = new CsvParser(options.dialect());
    this.lines = part.number();
  }

  static CsvCursor open(FileBytes file, FilePart part, CsvOptions options) throws IOException {
    CsvHeader header = CsvHeader.read(file, part, options);
    CsvColumns columns = new CsvColumns(header.names(), options, part.unit());
    boolean atHeader = part.offset() < header.end();
    long from = Math.max(part.offset(), header.end());
    CsvCursor cursor =
        part.mayBeginWithinARecord() && !atHeader
            ? new CsvCursor(file, part, columns, firstRow(file, from, options), options)
            : new CsvCursor(file, part, columns, new ByteWindow(file.openAt(from), from), options);
    if (from == 0) {
      cursor.window.dropByteOrderMark();
    }
    cursor.rowsBegin = header.end();
    if (atHeader) {
      cursor.lines = header.lines();
    }
    return cursor;
  }

  /** Opens a file at the first row that begins at a byte or behind it. */
  private static ByteWindow firstRow(FileBytes file, long at, CsvOptions options)
      throws IOException {
    if (options.multiLine()) {
      return new CsvRowFinder(options).open(file, at);
    }
    ByteWindow window = new ByteWindow(file.openAt(at - 1), at - 1);
    window.dropLine();
    return window;
  }

  @Override
  public @Nullable Item next() throws IOException {
    while (window.offset() < part.end()) {
      int length = row();
      if (length == 0 && window.length() == 0) {
        return null;
      }
      byte[] bytes = window.bytes();
      int start = window.start();
      Origin origin = new Origin(part.unit(), lines + 1);
      if (length > Records.MAX_LENGTH) {
        return tooLong(length, origin);
      }
      window.drop(Math.min(length + 1, window.length()));
      lines += 1 + count('\n', bytes, start, start + length);
      int content = length > 0 && bytes[start + length - 1] == '\r' ? length - 1 : length;
      if (content > 0) {
        return item(bytes, start, content, origin);
      }
    }
    checkNextPart();
    return null;
  }

  /** Fails if the part behind this one does not begin where this one's last row ended. */
  private void checkNextPart() throws IOException {
    if (!options.multiLine() || part.end() <= rowsBegin) {
      return;
    }
    long end = window.offset();
    window.close();
    try (ByteWindow next = firstRow(file, part.end(), options)) {
      if (next.offset() != end) {
        throw new ImportException(
            ErrorCode.SOURCE,
            part.unit()
                + ": a row with a line end in quotes has more than "
                + CsvRowFinder.LONGEST_ROW
                + " bytes, and lies where the file is cut (byte "
                + part.end()
                + "), so what is behind was not read right",
            "Say keep-order: true, so that the file is read as a whole, or multi-line: false if the"
                + " quote is a mistake, and start a new run. Rows that stand within that one may have"
                + " been written.");
      }
    }
  }

  /** Reads as far as the row goes and returns its length without the line feed. */
  private int row() throws IOException {
    rows.begin();
    int scanned = 0;
    while (true) {
      int end =
          rows.endOfRow(window.bytes(), window.start() + scanned, window.start() + window.length());
      if (end >= 0) {
        return end - window.start();
      }
      scanned = window.length();
      if (scanned > Records.MAX_LENGTH || !window.more()) {
        if (scanned > Records.MAX_KEPT && rows.isQuoted()) {
          throw neverClosed();
        }
        return scanned;
      }
    }
  }

  private Item item(byte[] bytes, int start, int length, Origin origin) {
    try {
      List<Field> fields = parser.fields(Utf8.text(bytes, start, length));
      if (fields.size() != columns.count()) {
        throw new InvalidItemException(
            InvalidItemException.Reason.MALFORMED,
            "the row has " + fields.size() + " values, not " + columns.count());
      }
      encoder.begin();
      for (int i = 0; i < fields.size(); i++) {
        columns.encode(i, fields.get(i).text(), fields.get(i).quoted(), encoder);
      }
      return encoder.put(Item.NO_WRITE_TIMESTAMP, origin);
    } catch (InvalidItemException e) {
      return Records.rejected(bytes, start, length, origin, e);
    }
  }

  private Item tooLong(int length, Origin origin) throws IOException {
    Item item = Records.tooLong(window, origin);
    int dropped = length;
    int end = length < window.length() ? window.start() + length : -1;
    while (true) {
      lines += count('\n', window.bytes(), window.start(), window.start() + dropped);
      if (end >= 0) {
        window.drop(dropped + 1);
        lines++;
        return item;
      }
      window.drop(dropped);
      if (!window.more()) {
        lines++;
        return item;
      }
      end = rows.endOfRow(window.bytes(), window.start(), window.end());
      dropped = end < 0 ? window.length() : end - window.start();
    }
  }

  private ImportException neverClosed() {
    return new ImportException(
        ErrorCode.SOURCE,
        part.unit()
            + ": the row that begins on line "
            + (lines + 1)
            + " has a quote that is not closed within "
            + window.length()
            + " bytes, and hides what follows",
        "Mend that line; or, if no value holds line ends, say multi-line: false.");
  }

  private static int count(char ascii, byte[] bytes, int from, int to) {
    int count = 0;
    for (int p = ByteWindow.indexOf(ascii, bytes, from, to);
        p >= 0;
        p = ByteWindow.indexOf(ascii, bytes, p + 1, to)) {
      count++;
    }
    return count;
  }

  @Override
  public long offset() {
    return window.offset();
  }

  @Override
  public long number() {
    return lines;
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
