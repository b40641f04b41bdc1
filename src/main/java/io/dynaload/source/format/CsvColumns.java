package io.dynaload.source.format;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.ItemEncoder.Name;
import io.dynaload.source.format.CsvOptions.Type;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The columns of one file: their names and what their values become. Immutable. */
final class CsvColumns {
  private final List<Name> names = new ArrayList<>();
  private final List<Type> types = new ArrayList<>();
  private final String nullText;

  /**
   * @param columns none of an empty file
   * @param file for messages
   * @throws ImportException if they cannot be the attributes of an item
   */
  CsvColumns(List<String> columns, CsvOptions options, String file) {
    nullText = options.nullText();
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw wrong(file + " has two columns named " + column);
      }
      try {
        names.add(new Name(column));
      } catch (IllegalArgumentException e) {
        throw wrong(file + " has a column whose name is empty, or no Unicode");
      }
      types.add(options.types().getOrDefault(column, Type.S));
    }
    for (String typed : options.types().keySet()) {
      if (!seen.isEmpty() && !seen.contains(typed)) {
        throw wrong(
            file
                + " has no column "
                + typed
                + ", which has a type, but "
                + String.join(", ", seen));
      }
    }
  }

  private static ImportException wrong(String message) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        message,
        "Mend the file's first row, or name the columns in the import file.");
  }

  int count() {
    return names.size();
  }

  void encode(int column, String text, boolean quoted, ItemEncoder item)
      throws InvalidItemException {
    if (!quoted && text.equals(nullText)) {
      return;
    }
    Name name = names.get(column);
    switch (types.get(column)) {
      case S -> item.string(name, text);
      case N -> item.number(name, text.strip());
      case B -> item.binary(name, binary(name, text.strip()));
      case BOOL -> item.bool(name, bool(name, text.strip()));
      case JSON -> {
        try {
          item.value(name, JsonValues.parse(text, JsonValues::value));
        } catch (InvalidItemException e) {
          throw e.problem().startsWith("attribute ") ? e : wrong(name, e.problem());
        }
      }
    }
  }

  private static byte[] binary(Name name, String text) throws InvalidItemException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw wrong(name, "the text is not Base64");
    }
  }

  private static boolean bool(Name name, String text) throws InvalidItemException {
    if (text.equalsIgnoreCase("true")) {
      return true;
    } else if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw wrong(name, "true or false is expected");
  }

  private static InvalidItemException wrong(Name name, String problem) {
    return new InvalidItemException(Reason.MALFORMED, "attribute " + name + ": " + problem);
  }
}
