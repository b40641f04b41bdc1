package io.dynaload.capacity;

import java.util.OptionalLong;

/**
 * What DescribeTable tells of the capacity that a table, or an index, has for writes, or for reads;
 * all in units a second.
 *
 * @param provisioned what is paid for; empty on demand
 * @param warm what the table can take at once; empty where the service does not tell, as DynamoDB
 *     Local does not
 * @param most what an on-demand table was limited to; empty if it was not
 */
public record TableCapacity(OptionalLong provisioned, OptionalLong warm, OptionalLong most) {
  /** Writes that a new on-demand table takes (developer guide, "On-demand capacity mode"). */
  static final long NEW_TABLE = 4_000;

  /** Nothing is known of the table. */
  public static final TableCapacity UNKNOWN =
      new TableCapacity(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  public boolean isOnDemand() {
    return provisioned.isEmpty();
  }

  /** What it takes without having to grow first. */
  double warmUnits() {
    return Math.min(warm.orElse(NEW_TABLE), most.orElse(Long.MAX_VALUE));
  }

  /** What a percentage is a share of. */
  double units() {
    return isOnDemand() ? warmUnits() : provisioned.getAsLong();
  }
}
