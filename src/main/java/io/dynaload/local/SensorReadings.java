package io.dynaload.local;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The demo's table: sensor readings spread evenly over the first two months of 2023, four sensors
 * at each moment, as items of about 80 bytes by DynamoDB's rules. Every row is a function of the
 * seed and its number, so what the table must hold is known without reading it. Immutable.
 */
public record SensorReadings(long rows, long seed) {
  public static final String TABLE = "readings";

  /** No reading is earlier. */
  public static final Instant FROM = Instant.parse("2023-01-01T00:00:00Z");

  /** Every reading is earlier. */
  public static final Instant TO = Instant.parse("2023-03-01T00:00:00Z");

  private static final int SENSORS_AT_ONCE = 4;
  private static final int SENSORS = 48;
  private static final String[] NOTES = {"door", "frost", "moved", "Tür"};
  private static final String CREATE =
      "CREATE TABLE readings(event_time TIMESTAMP, sensor_id VARCHAR, temperature DOUBLE,"
          + " humidity DECIMAL(5,2), battery INTEGER, ok BOOLEAN, note VARCHAR,"
          + " PRIMARY KEY(event_time, sensor_id))";
  private static final String INSERT = "INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)";

  public SensorReadings {
    if (rows < 0 || rows > 1_000_000_000L) {
      throw new IllegalArgumentException("rows must be 0 to 1,000,000,000, but is " + rows);
    }
  }

  /** Creates the table and fills it, past the wire. */
  public void loadInto(EmbeddedLindorm lindorm) {
    lindorm.execute(CREATE);
    lindorm.load(INSERT, all().map(SensorReadings::columns).iterator());
  }

  /** All rows, in the order of the primary key. */
  public Stream<Reading> all() {
    return LongStream.range(0, rows).mapToObj(this::reading);
  }

  /** The rows with {@code from <= event_time < to}, in the order of the primary key. */
  public Stream<Reading> between(Instant from, Instant to) {
    return all()
        .filter(row -> !row.eventTime().isBefore(from))
        .takeWhile(row -> row.eventTime().isBefore(to));
  }

  /** How many rows have {@code from <= event_time < to}. */
  public long count(Instant from, Instant to) {
    return between(from, to).count();
  }

  private Reading reading(long row) {
    long moment = row / SENSORS_AT_ONCE;
    long random = mix(seed + mix(row));
    int sensor = sensor(moment, (int) (row % SENSORS_AT_ONCE));
    boolean dry = bits(random, 0, 4) < 2;
    int note = bits(random, 4, 5);
    return new Reading(
        time(moment),
        (sensor < 10 ? "s-0" : "s-") + sensor,
        (bits(random, 9, 12) - 1_000) / 100.0,
        dry ? null : BigDecimal.valueOf(bits(random, 21, 13) + 1_000L, 2),
        bits(random, 34, 6) + 37,
        bits(random, 40, 5) != 0,
        note < NOTES.length ? NOTES[note] : null);
  }

  /** Each moment lies somewhere in its own slot of the two months, so moments never coincide. */
  private Instant time(long moment) {
    long moments = (rows + SENSORS_AT_ONCE - 1) / SENSORS_AT_ONCE;
    long span = Duration.between(FROM, TO).toMillis();
    long slot = span / moments;
    long start = (long) ((double) span / moments * moment);
    return FROM.plusMillis(start + Math.floorMod(mix(seed - mix(moment)), slot));
  }

  /** Ascending in {@code place}, so that rows are made in the order of the key. */
  private int sensor(long moment, int place) {
    int apart = SENSORS / SENSORS_AT_ONCE;
    return place * apart + (int) Math.floorMod(mix(moment ^ seed), (long) apart);
  }

  private static @Nullable Object[] columns(Reading row) {
    return new @Nullable Object[] {
      LocalDateTime.ofInstant(row.eventTime(), ZoneOffset.UTC),
      row.sensorId(),
      row.temperature(),
      row.humidity(),
      row.battery(),
      row.ok(),
      row.note()
    };
  }

  private static int bits(long random, int from, int count) {
    return (int) ((random >>> from) & ((1L << count) - 1));
  }

  /** A bijection of 64 bits that spreads neighbours apart (the finalizer of SplitMix64). */
  private static long mix(long z) {
    long a = z + 0x9E3779B97F4A7C15L;
    a = (a ^ (a >>> 30)) * 0xBF58476D1CE4E5B9L;
    a = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return a ^ (a >>> 31);
  }
}
