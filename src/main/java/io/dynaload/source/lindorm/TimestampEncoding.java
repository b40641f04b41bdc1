package io.dynaload.source.lindorm;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How the timestamp column holds time. Its values are numbered in their order, so that a range can
 * be cut between any two; a half-open range of time becomes one of values by rounding both ends up.
 *
 * @param pattern of text; null for the others
 * @param zone of texts without an offset, in the column or in the file
 */
record TimestampEncoding(Kind kind, @Nullable TimestampPattern pattern, ZoneId zone)
    implements Serializable {
  /** The forms; the names stand in the file. */
  enum Kind {
    TIMESTAMP(ColumnType.TIMESTAMP),
    EPOCH_MS(ColumnType.BIGINT),
    EPOCH_S(ColumnType.BIGINT),
    TEXT(ColumnType.TEXT);

    private final ColumnType columnType;

    Kind(ColumnType columnType) {
      this.columnType = columnType;
    }

    ColumnType columnType() {
      return columnType;
    }
  }

  static final TimestampEncoding TIMESTAMP =
      new TimestampEncoding(Kind.TIMESTAMP, null, ZoneId.of("UTC"));
  private static final long MILLIS_A_SECOND = 1_000;

  TimestampEncoding {
    if ((kind == Kind.TEXT) != (pattern != null)) {
      throw new IllegalArgumentException("A pattern belongs to text, and to text only");
    }
  }

  ColumnType columnType() {
    return kind.columnType;
  }

  /** Whether a column of this type can hold time so. */
  boolean suits(ColumnType column) {
    return column == kind.columnType
        || (kind.columnType == ColumnType.BIGINT && column == ColumnType.INTEGER);
  }

  /** The number of the first value that is not earlier. */
  long ceiling(Instant instant) {
    if (pattern != null) {
      return pattern.ceiling(LocalDateTime.ofInstant(instant, zone));
    }
    long millis = TimestampRange.ceiling(instant).toEpochMilli();
    return kind == Kind.EPOCH_S ? -Math.floorDiv(-millis, MILLIS_A_SECOND) : millis;
  }

  /** The value of this number. */
  KeyValue value(long number) {
    if (pattern != null) {
      return new KeyValue.Text(pattern.format(number, zone));
    }
    return kind == Kind.TIMESTAMP
        ? new KeyValue.Timestamp(Instant.ofEpochMilli(number))
        : new KeyValue.Integral(number);
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    return pattern == null ? name : name + " " + pattern + " in " + zone;
  }
}
