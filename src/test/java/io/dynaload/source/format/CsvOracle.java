package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.RandomItems;
import io.dynaload.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a row means whose values hold no line ends, taken apart character by character. */
final class CsvOracle {
  static final List<String> COLUMNS = List.of("pk", "n", "text");

  private CsvOracle() {}

  static @Nullable Item row(String row) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    try {
      List<String> fields = fields(row);
      Oracle.require(fields.size() == COLUMNS.size());
      for (int i = 0; i < COLUMNS.size(); i++) {
        String field = fields.get(i);
        boolean quoted = field.startsWith("\"");
        String text = quoted ? field.substring(1) : field;
        if (quoted || !text.isEmpty()) {
          attributes.put(COLUMNS.get(i), i == 1 ? new Value.N(text.strip()) : new Value.S(text));
        }
      }
      return RandomItems.encode(attributes);
    } catch (InvalidItemException | Oracle.NotValid e) {
      return null;
    }
  }

  /** The fields; one that was quoted begins with a quote. */
  private static List<String> fields(String row) {
    List<String> fields = new ArrayList<>();
    int p = 0;
    while (true) {
      StringBuilder field = new StringBuilder();
      if (p < row.length() && row.charAt(p) == '"') {
        field.append('"');
        p++;
        while (true) {
          int quote = row.indexOf('"', p);
          Oracle.require(quote >= 0);
          field.append(row, p, quote);
          p = quote + 1;
          if (p < row.length() && row.charAt(p) == '"') {
            field.append('"');
            p++;
          } else {
            break;
          }
        }
        Oracle.require(p == row.length() || row.charAt(p) == ',');
      } else {
        int comma = row.indexOf(',', p);
        int end = comma < 0 ? row.length() : comma;
        field.append(row, p, end);
        Oracle.require(field.indexOf("\r") < 0);
        p = end;
      }
      fields.add(field.toString());
      if (p == row.length()) {
        return fields;
      }
      p++;
    }
  }
}
