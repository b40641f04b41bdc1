package io.dynaload.source.lindorm;

import io.dynaload.item.ItemEncoder;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the results of one SELECT hold, each by the types of its own metadata. A row is read into
 * plain values and made an item of later, by a {@link RowEncoder}, so that two threads can share
 * the work. Not thread-safe.
 */
final class RowFormat {
  private final String source;
  private final List<String> attributes;
  private final TypesConfig types;
  private final Cells cells;
  private final List<ItemEncoder.Name> names;

  /** A column of a result, from 1, and the type as which it is read. */
  record Column(int index, ColumnType type) {}

  /**
   * @param source what the rows are of, for messages: a table, or "query"
   * @param attributes the first columns
   */
  RowFormat(String source, List<String> attributes, TypesConfig types, Cells cells) {
    this.source = source;
    this.attributes = attributes;
    this.types = types;
    this.cells = cells;
    this.names = attributes.stream().map(ItemEncoder.Name::new).toList();
  }

  /** The columns that become attributes. */
  List<Column> columns(ResultSetMetaData metadata) throws SQLException {
    List<Column> columns = new ArrayList<>(attributes.size());
    for (int i = 1; i <= attributes.size(); i++) {
      String name = attributes.get(i - 1);
      String typeName = metadata.getColumnTypeName(i);
      ColumnType type =
          cells
              .type(metadata, i)
              .orElseThrow(() -> TableInspector.unreadable(source, name, typeName));
      columns.add(new Column(i, type));
    }
    return columns;
  }

  /**
   * What makes items of rows that were read; used by one thread, which may be another than this
   * one's.
   *
   * @param columns those that become attributes first
   */
  RowEncoder encoder(List<Column> columns) {
    List<CellEncoder> encoders = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      ColumnType type = columns.get(i).type();
      encoders.add(new CellEncoder(names.get(i), type, types.form(attributes.get(i), type)));
    }
    return new RowEncoder(encoders);
  }

  /** The values of the current row, as {@link Cells#value} gives them. */
  @Nullable Object[] read(ResultSet row, List<Column> columns) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      Column column = columns.get(i);
      values[i] = cells.value(row, column.index(), column.type());
    }
    return values;
  }
}
