package io.dynaload.source.format;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * How a file of CSV is laid out, and what its columns become.
 *
 * @param columns the attributes' names; none if the first row of each file has them
 * @param dialect the characters between values
 * @param nullText a value of just this text, not quoted, is left out of the item
 * @param types by column; the others are S
 * @param multiLine whether a quoted value may hold line ends. If not, a quote that is never closed
 *     spoils no more than its line
 */
public record CsvOptions(
    List<String> columns,
    Dialect dialect,
    String nullText,
    Map<String, Type> types,
    boolean multiLine)
    implements Serializable {

  /** What a value's text becomes; the names stand in import files. */
  public enum Type {
    S,
    /** As it is written, white space around it left out. */
    N,
    /** Of Base64. */
    B,
    /** Of true or false, whatever their case. */
    BOOL,
    /** Of a JSON document: M, L, or whatever it is. */
    JSON
  }

  /**
   * @param delimiter an ASCII character, and not the quote
   * @param quote an ASCII character; within quotes, two stand for one
   */
  public record Dialect(char delimiter, char quote) implements Serializable {
    public static final Dialect RFC_4180 = new Dialect(',', '"');

    public Dialect {
      if (delimiter == quote || isUnfit(delimiter) || isUnfit(quote)) {
        throw new IllegalArgumentException(
            "delimiter and quote must be two ASCII characters that end no line");
      }
    }

    private static boolean isUnfit(char c) {
      return c == 0 || c == '\n' || c == '\r' || c >= 0x80;
    }
  }

  /** A header, commas, empty values left out, texts only, and line ends in quotes. */
  public static final CsvOptions DEFAULTS =
      new CsvOptions(List.of(), Dialect.RFC_4180, "", Map.of(), true);

  public CsvOptions {
    columns = List.copyOf(columns);
    types = Map.copyOf(types);
  }
}
