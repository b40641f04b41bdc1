package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.Origin;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the rows of a result into items: its first columns, each by the type that the result's own
 * metadata give. Not thread-safe.
 */
final class RowEncoder {
  private final String source;
  private final List<String> attributes;
  private final TypesConfig types;
  private final Cells cells;
  private final ItemEncoder encoder = new ItemEncoder();
  private final List<ItemEncoder.Name> names;
  private List<CellEncoder> row = List.of();

  /**
   * @param source what the rows are of, for messages: a table, or "query"
   */
  RowEncoder(String source, List<String> attributes, TypesConfig types, Cells cells) {
    this.source = source;
    this.attributes = attributes;
    this.types = types;
    this.cells = cells;
    this.names = attributes.stream().map(ItemEncoder.Name::new).toList();
  }

  /** To be called with each result. */
  void begin(ResultSetMetaData metadata) throws SQLException {
    List<CellEncoder> encoders = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      String column = attributes.get(i);
      String typeName = metadata.getColumnTypeName(i + 1);
      ColumnType type =
          cells
              .type(metadata, i + 1)
              .orElseThrow(() -> TableInspector.unreadable(source, column, typeName));
      encoders.add(new CellEncoder(i + 1, names.get(i), type, types.form(column, type), cells));
    }
    row = encoders;
  }

  /**
   * @throws ImportException (REJECTED_ITEMS) for a row that DynamoDB cannot hold
   */
  Item item(ResultSet rows, Origin origin) throws SQLException {
    try {
      encoder.begin();
      for (CellEncoder attribute : row) {
        attribute.encode(rows, encoder);
      }
      return encoder.put(Item.NO_WRITE_TIMESTAMP, origin);
    } catch (InvalidItemException e) {
      throw rejected(origin, e);
    }
  }

  /** The one place where a row is refused. The cause's message names the column. */
  private static ImportException rejected(Origin origin, InvalidItemException e) {
    return new ImportException(
        ErrorCode.REJECTED_ITEMS,
        "The row at " + origin + " cannot be an item of DynamoDB: " + e.getMessage(),
        "Correct the row at the source, or read without the column.",
        e);
  }
}
