package io.dynaload.source.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.source.format.CsvOptions.Dialect;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Takes one row apart. Not thread-safe. */
final class CsvParser {
  /**
   * @param quoted whether it stood in quotes
   */
  record Field(String text, boolean quoted) {}

  private static final String BARE_RETURN = "a carriage return outside of quotes";

  private final CsvReader.CsvReaderBuilder reader;

  CsvParser(Dialect dialect) {
    reader =
        CsvReader.builder()
            .fieldSeparator(dialect.delimiter())
            .quoteCharacter(dialect.quote())
            .allowUnclosedQuote(false)
            .allowExtraCharsAfterClosingQuote(false)
            .maxBufferSize(Records.MAX_LENGTH);
  }

  /**
   * @param row without its end
   */
  List<Field> fields(String row) throws InvalidItemException {
    if (row.startsWith("\r")) {
      throw malformed(BARE_RETURN); // the parser takes it for an empty line before the row
    }
    // It holds no resource: the row is a text.
    Iterator<List<Field>> records = reader.build(new Fields(), row).iterator();
    try {
      List<Field> fields = records.next();
      if (!records.hasNext()) {
        return fields;
      }
      throw malformed(BARE_RETURN);
    } catch (CsvParseException | NoSuchElementException | UncheckedIOException e) {
      throw malformed(
          "a quote that is not closed, or something between a closing quote and the next value");
    }
  }

  private static InvalidItemException malformed(String what) {
    return new InvalidItemException(Reason.MALFORMED, "it is no row of CSV: " + what);
  }

  private static final class Fields extends AbstractBaseCsvCallbackHandler<List<Field>> {
    private final List<Field> fields = new ArrayList<>();

    @Override
    protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
      fields.add(new Field(new String(text, offset, length), quoted));
    }

    @Override
    protected List<Field> buildRecord() {
      return fields;
    }
  }
}
