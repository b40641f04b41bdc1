package io.dynaload.source.scan;

import io.dynaload.capacity.AskedCapacity;
import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.time.Duration;

/**
 * How fast tables are read.
 *
 * @param asked what the whole job may use
 * @param refresh how often it, and the tables' capacity, are looked at again
 */
record ReadCapacityConfig(AskedCapacity asked, Duration refresh) implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Key<AskedCapacity> READ_CAPACITY =
      Key.parsedOrInFile(
              "read-capacity",
              "a number of read units a second, a percentage or adaptive",
              "500",
              AskedCapacity::parse,
              AskedCapacity.InFile::new)
          .changeable()
          .describedAs(
              "What the whole import may use. `500`: read units a second, as DynamoDB counts them;"
                  + " 8 KB of items, or 4 KB with consistent-read, cost one. `50%`: a share of each"
                  + " table's provisioned capacity, or of its warm throughput on demand."
                  + " `adaptive`: as much as each table gives. `${file:PATH}`: one of these, in a"
                  + " file that is read again while the import runs. Left out: `80%` of a"
                  + " provisioned table, `adaptive` on demand.");

  static final Key<Duration> CAPACITY_REFRESH =
      Key.duration("capacity-refresh")
          .defaultsTo(Duration.ofSeconds(30))
          .between(Duration.ofSeconds(1), Duration.ofHours(1))
          .changeable()
          .describedAs(
              "How often the tables' capacity, and the file of `read-capacity`, are read.");

  static final Keys KEYS = Keys.of(READ_CAPACITY, CAPACITY_REFRESH);

  static ReadCapacityConfig of(Section section) {
    return new ReadCapacityConfig(
        section.find(READ_CAPACITY).orElse(new AskedCapacity.ByTable()),
        section.get(CAPACITY_REFRESH));
  }

  /** Whether it is, and stays, one budget of all tables: a number of units. */
  boolean isOfTheWholeJob() {
    return asked instanceof AskedCapacity.Units;
  }
}
