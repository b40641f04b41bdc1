package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks what the file says of values against the types of the columns that hold them. What does
 * not fit is an ImportException (CONFIGURATION).
 */
final class ValueInspector {
  private static final String TYPES_OF_TIME = "DATE, TIME and TIMESTAMP";

  private ValueInspector() {}

  /** Checks the column that from and to are compared with. */
  static void checkTimestamp(TableSchema.Column column, FilterConfig filter, TableSchema schema) {
    TimestampEncoding encoding = filter.range().encoding();
    ColumnType type = column.type();
    if (type != null && encoding.suits(type)) {
      checkHolds(column, type, filter.range());
      return;
    }
    throw wrong(
        "timestamp-column: "
            + column.name()
            + " is of type "
            + column.declaredType().toUpperCase(Locale.ROOT)
            + ", which does not hold time as timestamp-encoding says ("
            + encoding
            + ").",
        remedy(column, schema));
  }

  /** Milliseconds since 1970 are more than an INTEGER holds since a month later. */
  private static void checkHolds(TableSchema.Column column, ColumnType type, TimestampRange range) {
    if (type.isInteger() && range.within(type).isEmpty()) {
      throw wrong(
          "timestamp-column: "
              + column.name()
              + " is of type "
              + column.declaredType().toUpperCase(Locale.ROOT)
              + ", whose numbers from "
              + type.least()
              + " to "
              + type.most()
              + " hold no time from from to to as "
              + range.encoding()
              + ".",
          "Correct timestamp-encoding (epoch-s, if they are seconds), or from and to.");
    }
  }

  private static String remedy(TableSchema.Column column, TableSchema schema) {
    if (column.type() == ColumnType.BIGINT || column.type() == ColumnType.INTEGER) {
      return "Set timestamp-encoding: epoch-ms or epoch-s, whichever its numbers are.";
    } else if (column.type() == ColumnType.TEXT) {
      return "Set timestamp-encoding: text, and timestamp-pattern to the form of its texts.";
    } else if (column.type() == ColumnType.TIMESTAMP) {
      return "Leave timestamp-encoding out.";
    }
    List<String> names =
        schema.columns().stream()
            .filter(other -> other.type() == ColumnType.TIMESTAMP)
            .map(TableSchema.Column::name)
            .toList();
    return "Name a column of type TIMESTAMP, BIGINT, INTEGER or VARCHAR."
        + (names.isEmpty() ? "" : " Of type TIMESTAMP are: " + String.join(", ", names) + ".");
  }

  /**
   * What each column becomes.
   *
   * @param columns those that are read
   * @throws ImportException if the file says something of others, or what their type cannot be
   */
  static Map<String, String> attributes(TypesConfig types, Map<String, ColumnType> columns) {
    for (String column : types.jsonColumns()) {
      ColumnType type = read("json-columns", column, columns);
      if (type != ColumnType.TEXT && type != ColumnType.JSON) {
        throw wrong(
            "json-columns: " + column + " is of type " + type + ", which holds no JSON.",
            "Name columns of type JSON or text.");
      }
    }
    types.dates().forEach((column, form) -> checkDate(column, form, columns));
    Map<String, String> attributes = new LinkedHashMap<>();
    columns.forEach(
        (column, type) -> attributes.put(column, types.form(column, type).dynamoDbType(type)));
    return attributes;
  }

  private static void checkDate(String column, DateForm form, Map<String, ColumnType> columns) {
    ColumnType type = read("dates", column, columns);
    if (type == ColumnType.TIME && form != DateForm.ISO_8601) {
      throw wrong(
          "dates: "
              + column
              + " is a TIME, a time of day without a day, so it has no "
              + form
              + ".",
          "Leave it out of dates; it becomes text such as 10:20:30.");
    }
    if (type != ColumnType.TIME && type != ColumnType.DATE && type != ColumnType.TIMESTAMP) {
      throw wrong(
          "dates: " + column + " is of type " + type + ".",
          "Name columns of the types "
              + TYPES_OF_TIME
              + " only; others are carried over as they"
              + " are.");
    }
  }

  private static ColumnType read(String key, String column, Map<String, ColumnType> columns) {
    ColumnType type = columns.get(column);
    if (type == null) {
      throw wrong(
          key + ": no column " + column + " is read.",
          "Name one of these: "
              + columns.keySet().stream().collect(Collectors.joining(", "))
              + ".");
    }
    return type;
  }

  private static ImportException wrong(String message, String remedy) {
    return new ImportException(ErrorCode.CONFIGURATION, message, remedy);
  }
}
