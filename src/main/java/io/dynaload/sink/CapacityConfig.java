package io.dynaload.sink;

import io.dynaload.capacity.AskedCapacity;
import io.dynaload.capacity.SharedLimit;
import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the section {@code sink} that say how fast it writes.
 *
 * @param asked what the whole job may use
 * @param refresh how often it, and the table's capacity, are looked at again
 * @param share if the limit is shared with other jobs; null if it is this one's alone
 */
public record CapacityConfig(
    AskedCapacity asked, Duration refresh, SharedLimit.@Nullable Share share)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of a job that has the limit for itself. */
  public CapacityConfig(AskedCapacity asked, Duration refresh) {
    this(asked, refresh, null);
  }

  CapacityConfig sharing(SharedLimit.Share with) {
    return new CapacityConfig(asked, refresh, with);
  }

  public static final Key<AskedCapacity> WRITE_CAPACITY =
      Key.parsedOrInFile(
              "write-capacity",
              "a number of write units a second, a percentage or adaptive",
              "7000",
              AskedCapacity::parse,
              AskedCapacity.InFile::new)
          .changeable()
          .describedAs(
              "What the whole import may use. `7000`: write units a second; an item costs one for"
                  + " each 1 KB that it begins, and again in each index. `80%`: a share of the"
                  + " table's provisioned capacity, or of its warm throughput on demand."
                  + " `adaptive`: as much as the table takes. `${file:PATH}`: one of these, in a"
                  + " file that is read again while the import runs. Left out: `80%` of a"
                  + " provisioned table, `adaptive` on demand.");

  public static final Key<Duration> CAPACITY_REFRESH =
      Key.duration("capacity-refresh")
          .defaultsTo(Duration.ofSeconds(30))
          .between(Duration.ofSeconds(1), Duration.ofHours(1))
          .changeable()
          .describedAs(
              "How often the table's capacity, and the file of `write-capacity`, are read.");

  public static final Keys KEYS = Keys.of(WRITE_CAPACITY, CAPACITY_REFRESH);

  /** So many write units a second. */
  public static CapacityConfig units(int writeCapacity) {
    return of(new AskedCapacity.Units(writeCapacity));
  }

  /** Looked at as often as by default. */
  public static CapacityConfig of(AskedCapacity asked) {
    return new CapacityConfig(asked, Duration.ofSeconds(30));
  }

  /** Reads a section whose keys include {@link #KEYS}. */
  public static CapacityConfig from(Section section) {
    return new CapacityConfig(
        section.find(WRITE_CAPACITY).orElse(new AskedCapacity.ByTable()),
        section.get(CAPACITY_REFRESH));
  }
}
