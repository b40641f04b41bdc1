package io.dynaload.source.lindorm;

import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a result into keys and into values that items can be made of. Not thread-safe. */
final class RowReader {
  private final Selection selection;
  private final RowFormat format;

  RowReader(Selection selection, TypesConfig types, Cells cells) {
    this.selection = selection;
    this.format =
        new RowFormat(
            selection.table(),
            selection.columns().subList(0, selection.attributes()),
            types,
            cells);
  }

  /**
   * @throws io.dynaload.error.ImportException (SOURCE) for a row that is not behind the row before
   */
  LindormPage read(ResultSet rows, LindormSplit split) throws SQLException {
    List<RowFormat.Column> columns = format.columns(rows.getMetaData());
    RowEncoder encoder = format.encoder(columns);
    int[] keyPlaces = addKey(split.key(), columns);
    List<@Nullable Object[]> values = new ArrayList<>();
    List<List<KeyValue>> keys = new ArrayList<>();
    KeyProgress progress = new KeyProgress(selection.table(), split);
    while (rows.next()) {
      @Nullable Object[] row = format.read(rows, columns);
      List<KeyValue> rowKey = key(row, columns, keyPlaces);
      progress.next(rowKey);
      values.add(row);
      keys.add(rowKey);
    }
    return new LindormPage(split, keys, () -> items(values, encoder, split));
  }

  /**
   * Adds the key columns that are not read as attributes, or not by the type that the key has.
   *
   * @return where each key column is among the columns
   */
  private int[] addKey(List<KeyColumn> key, List<RowFormat.Column> columns) {
    int[] places = new int[key.size()];
    for (int i = 0; i < places.length; i++) {
      int index = selection.columns().indexOf(key.get(i).name()) + 1;
      RowFormat.Column column = new RowFormat.Column(index, key.get(i).type());
      if (!columns.contains(column)) {
        columns.add(column);
      }
      places[i] = columns.indexOf(column);
    }
    return places;
  }

  private static List<KeyValue> key(
      @Nullable Object[] row, List<RowFormat.Column> columns, int[] places) throws SQLException {
    KeyValue[] key = new KeyValue[places.length];
    for (int i = 0; i < places.length; i++) {
      RowFormat.Column column = columns.get(places[i]);
      key[i] = Cells.key(row[places[i]], column.index(), column.type());
    }
    return List.of(key);
  }

  private List<Item> items(List<@Nullable Object[]> rows, RowEncoder encoder, LindormSplit split) {
    String unit = selection.table() + "/" + split.splitId();
    List<Item> items = new ArrayList<>(rows.size());
    for (@Nullable Object[] row : rows) {
      items.add(encoder.item(row, new Origin(unit, split.rows() + items.size())));
    }
    return items;
  }
}
