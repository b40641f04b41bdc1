package io.dynaload.source.lindorm;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the rows of one result into items. Not thread-safe. */
final class RowEncoder {
  private final List<CellEncoder> attributes;
  private final ItemEncoder encoder = new ItemEncoder();

  /**
   * @param attributes what becomes of the first columns
   */
  RowEncoder(List<CellEncoder> attributes) {
    this.attributes = attributes;
  }

  /**
   * The row as an item; as a rejected one if DynamoDB cannot hold it.
   *
   * @param row as {@link RowFormat#read} gives it
   */
  Item item(@Nullable Object[] row, Origin origin) {
    try {
      encoder.begin();
      for (int i = 0; i < attributes.size(); i++) {
        attributes.get(i).encode(row[i], encoder);
      }
      return encoder.put(Item.NO_WRITE_TIMESTAMP, origin);
    } catch (InvalidItemException e) {
      return rejected(row, origin, e);
    }
  }

  /** The one place where a row is refused; all its values are kept. The reason names the column. */
  private Item rejected(@Nullable Object[] row, Origin origin, InvalidItemException why) {
    encoder.begin();
    for (int i = 0; i < attributes.size(); i++) {
      attributes.get(i).keep(row[i], encoder);
    }
    return encoder.rejected(
        Item.NO_WRITE_TIMESTAMP,
        origin,
        new Rejection(Stage.SOURCE, Form.ITEM, why.reason().name(), why.problem()));
  }
}
