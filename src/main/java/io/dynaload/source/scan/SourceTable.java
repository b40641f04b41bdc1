package io.dynaload.source.scan;

import io.dynaload.item.KeySchema;
import java.io.Serializable;
import java.util.List;

/**
 * A table, as it was found.
 *
 * @param keys its primary key, also where an index is read
 * @param position the names of the attributes that a position in a scan is made of: the key's, and
 *     the index's
 * @param whole whether the items have all their attributes, as in an index they need not
 * @param items as DescribeTable estimates them, up to six hours old; of the index if one is read
 * @param bytes the same
 * @param arn that names it in all of AWS
 */
record SourceTable(
    String name,
    KeySchema keys,
    List<String> position,
    boolean whole,
    long items,
    long bytes,
    String arn)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  SourceTable {
    position = List.copyOf(position);
  }

  /** Of an item, by the estimates; 0 if they do not tell. */
  double itemBytes() {
    return items == 0 ? 0 : (double) bytes / items;
  }

  /** Partition and account, as text that follows the place; "" if the ARN does not tell. */
  String owner() {
    String[] parts = arn.split(":", 6); // arn:PARTITION:dynamodb:REGION:ACCOUNT:table/NAME
    return parts.length < 6 ? "" : ", account " + parts[4] + " of " + parts[1];
  }
}
