package io.dynaload.source.lindorm;

import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Turns a result into items and keys. Not thread-safe. */
final class RowReader {
  private final Selection selection;
  private final Cells cells;
  private final RowEncoder encoder;

  RowReader(Selection selection, TypesConfig types, Cells cells) {
    this.selection = selection;
    this.cells = cells;
    this.encoder =
        new RowEncoder(
            selection.table(),
            selection.columns().subList(0, selection.attributes()),
            types,
            cells);
  }

  /**
   * @throws io.dynaload.error.ImportException (REJECTED_ITEMS) for a row that DynamoDB cannot hold
   */
  LindormPage read(ResultSet rows, LindormSplit split) throws SQLException {
    encoder.begin(rows.getMetaData());
    List<KeyColumn> key = split.key();
    int[] keyIndexes =
        key.stream().mapToInt(column -> selection.columns().indexOf(column.name()) + 1).toArray();
    String unit = selection.table() + "/" + split.splitId();
    List<Item> items = new ArrayList<>();
    List<List<KeyValue>> keys = new ArrayList<>();
    while (rows.next()) {
      items.add(encoder.item(rows, new Origin(unit, split.rows() + items.size())));
      KeyValue[] values = new KeyValue[keyIndexes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = cells.key(rows, keyIndexes[i], key.get(i).type());
      }
      keys.add(List.of(values));
    }
    return new LindormPage(split, items, keys);
  }
}
