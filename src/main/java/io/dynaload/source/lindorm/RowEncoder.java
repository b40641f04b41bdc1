package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.Origin;
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
   * @param row as {@link RowFormat#read} gives it
   * @throws ImportException (REJECTED_ITEMS) for a row that DynamoDB cannot hold
   */
  Item item(@Nullable Object[] row, Origin origin) {
    try {
      encoder.begin();
      for (int i = 0; i < attributes.size(); i++) {
        attributes.get(i).encode(row[i], encoder);
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
