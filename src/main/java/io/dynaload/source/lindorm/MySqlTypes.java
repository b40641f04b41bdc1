package io.dynaload.source.lindorm;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's types. An unsigned integer is read as the next larger type, so that each of its values
 * fits; BIT(1) and TINYINT(1), which is what BOOLEAN is, as BOOLEAN; a longer BIT as its bytes.
 */
final class MySqlTypes {
  private static final Pattern UNSIGNED = Pattern.compile("^[a-z]+(\\(\\d+\\))? unsigned");

  private MySqlTypes() {}

  /**
   * By the form that DESCRIBE gives: {@code bigint(20) unsigned}, {@code enum('a','b')}.
   *
   * @param booleans whether TINYINT(1) is BOOLEAN
   */
  static Optional<ColumnType> ofDeclared(String declared, boolean booleans) {
    String text = declared.strip().toLowerCase(Locale.ROOT);
    String name = name(declared);
    boolean unsigned = UNSIGNED.matcher(text).find();
    boolean one = text.startsWith(name + "(1)");
    return Optional.ofNullable(
        switch (name) {
          case "tinyint" ->
              booleans && one && !unsigned
                  ? ColumnType.BOOLEAN
                  : integer(ColumnType.TINYINT, unsigned);
          case "bit" -> one ? ColumnType.BOOLEAN : ColumnType.BINARY;
          case "smallint" -> integer(ColumnType.SMALLINT, unsigned);
          case "year" -> ColumnType.SMALLINT;
          case "mediumint", "int" -> integer(ColumnType.INTEGER, unsigned);
          case "bigint" -> integer(ColumnType.BIGINT, unsigned);
          case "real" -> ColumnType.DOUBLE;
          case "tinytext", "mediumtext", "longtext", "enum", "set", "uuid" -> ColumnType.TEXT;
          case "tinyblob", "blob", "mediumblob", "longblob" -> ColumnType.BINARY;
          case "datetime" -> ColumnType.TIMESTAMP;
          default -> ColumnType.ofName(name).orElse(null);
        });
  }

  /** Whether it is an ENUM or a SET: sorted by the member's number, compared by its name. */
  static boolean isListOfNames(String declared) {
    String name = name(declared);
    return name.equals("enum") || name.equals("set");
  }

  /** Whether it is a BIT that is read as bytes: sorted as a number. */
  static boolean isRowOfBits(String declared) {
    return name(declared).equals("bit") && !declared.strip().endsWith("(1)");
  }

  private static String name(String declared) {
    return declared.strip().toLowerCase(Locale.ROOT).split("[( ]", 2)[0];
  }

  /** By a result's metadata. */
  static Optional<ColumnType> of(ResultSetMetaData result, int column) throws SQLException {
    int sqlType = result.getColumnType(column);
    String name = result.getColumnTypeName(column).toUpperCase(Locale.ROOT);
    if (name.startsWith("BIT") && result.getPrecision(column) > 1) {
      return Optional.of(ColumnType.BINARY);
    }
    boolean unsigned = name.contains("UNSIGNED");
    return switch (sqlType) {
      case Types.TINYINT -> Optional.ofNullable(integer(ColumnType.TINYINT, unsigned));
      case Types.SMALLINT -> Optional.ofNullable(integer(ColumnType.SMALLINT, unsigned));
      case Types.INTEGER -> Optional.ofNullable(integer(ColumnType.INTEGER, unsigned));
      case Types.BIGINT -> Optional.ofNullable(integer(ColumnType.BIGINT, unsigned));
      default -> ColumnType.of(result, column);
    };
  }

  private static @Nullable ColumnType integer(ColumnType signed, boolean unsigned) {
    if (!unsigned) {
      return signed;
    }
    return switch (signed) {
      case TINYINT -> ColumnType.SMALLINT;
      case SMALLINT -> ColumnType.INTEGER;
      case INTEGER -> ColumnType.BIGINT;
      case BIGINT -> ColumnType.DECIMAL;
      default -> null;
    };
  }
}
