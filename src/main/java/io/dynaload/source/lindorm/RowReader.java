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
 * Turns a result into items and keys. Columns are read by the types of the result's own metadata.
 * Not thread-safe.
 */
final class RowReader {
  private final Selection selection;
  private final Cells cells;
  private final ItemEncoder encoder = new ItemEncoder();
  private final List<ItemEncoder.Name> names;

  RowReader(Selection selection, Cells cells) {
    this.selection = selection;
    this.cells = cells;
    this.names =
        selection.columns().stream()
            .limit(selection.attributes())
            .map(ItemEncoder.Name::new)
            .toList();
  }

  /**
   * @throws ImportException (REJECTED_ITEMS) for a row that DynamoDB cannot hold
   */
  LindormPage read(ResultSet rows, LindormSplit split) throws SQLException {
    List<CellEncoder> attributes = attributes(rows.getMetaData());
    List<KeyColumn> key = split.key();
    int[] keyIndexes =
        key.stream().mapToInt(column -> selection.columns().indexOf(column.name()) + 1).toArray();
    String unit = selection.table() + "/" + split.splitId();
    List<Item> items = new ArrayList<>();
    List<List<KeyValue>> keys = new ArrayList<>();
    while (rows.next()) {
      items.add(item(rows, attributes, new Origin(unit, split.rows() + items.size())));
      KeyValue[] values = new KeyValue[keyIndexes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = cells.key(rows, keyIndexes[i], key.get(i).type());
      }
      keys.add(List.of(values));
    }
    return new LindormPage(split, items, keys);
  }

  private List<CellEncoder> attributes(ResultSetMetaData metadata) throws SQLException {
    List<CellEncoder> attributes = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      String column = selection.columns().get(i);
      String typeName = metadata.getColumnTypeName(i + 1);
      ColumnType type =
          cells
              .type(metadata, i + 1)
              .orElseThrow(() -> TableInspector.unreadable(selection.table(), column, typeName));
      attributes.add(new CellEncoder(i + 1, names.get(i), type, cells));
    }
    return attributes;
  }

  private Item item(ResultSet row, List<CellEncoder> attributes, Origin origin)
      throws SQLException {
    try {
      encoder.begin();
      for (CellEncoder attribute : attributes) {
        attribute.encode(row, encoder);
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
        "Correct the row at the source, or leave the column out with columns.",
        e);
  }
}
