package io.dynaload.source.format;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.InvalidItemException;
import io.dynaload.source.format.CsvParser.Field;
import java.io.IOException;
import java.util.List;

/**
 * The first row of a file, if it names the columns. A file without a byte has no columns.
 *
 * @param end where the rows begin
 * @param lines that it takes
 */
record CsvHeader(List<String> names, long end, long lines) {
  private static final int LONGEST = 1 << 20;

  static CsvHeader read(FileBytes file, FilePart part, CsvOptions options) throws IOException {
    if (!options.columns().isEmpty()) {
      return new CsvHeader(options.columns(), 0, 0);
    }
    try (ByteWindow window = new ByteWindow(file.openAt(0), 0)) {
      window.dropByteOrderMark();
      CsvRows rows = new CsvRows(options);
      int scanned = 0;
      int end;
      while ((end = rows.endOfRow(window.bytes(), window.start() + scanned, window.end())) < 0
          && window.length() < LONGEST) {
        scanned = window.length();
        if (!window.more()) {
          break;
        }
      }
      int length = end < 0 ? window.length() : end - window.start();
      if (end < 0 && length == 0) {
        return new CsvHeader(List.of(), 0, 0);
      }
      if (length == 0 || length >= LONGEST) {
        throw none(part);
      }
      return of(window, length, new CsvParser(options.dialect()));
    } catch (InvalidItemException e) {
      throw none(part);
    }
  }

  private static CsvHeader of(ByteWindow window, int length, CsvParser parser)
      throws InvalidItemException {
    String row = Utf8.text(window.bytes(), window.start(), length);
    String bare = row.endsWith("\r") ? row.substring(0, row.length() - 1) : row;
    List<String> names = parser.fields(bare).stream().map(Field::text).toList();
    long lines = 1 + row.chars().filter(c -> c == '\n').count();
    long end = window.offset() + Math.min(length + 1, window.length());
    return new CsvHeader(names, end, lines);
  }

  private static ImportException none(FilePart part) {
    return new ImportException(
        ErrorCode.SOURCE,
        part.unit() + " does not begin with a row that names the columns",
        "Mend the file, or name the columns in the import file.");
  }
}
