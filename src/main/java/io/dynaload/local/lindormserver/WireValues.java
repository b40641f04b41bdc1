package io.dynaload.local.lindormserver;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.avatica.remote.TypedValue;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Parameters as the wire carries them, as values of the JDK. */
final class WireValues {
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private WireValues() {}

  static List<@Nullable Object> toJdk(List<TypedValue> values) {
    List<@Nullable Object> jdk = new ArrayList<>(values.size());
    for (TypedValue value : values) {
      jdk.add(toJdk(value));
    }
    return Collections.unmodifiableList(jdk);
  }

  /** Dates and times are wall-clock values on the wire, and have no zone here either. */
  private static @Nullable Object toJdk(TypedValue typed) {
    Object value = typed.value;
    if (value instanceof ByteString bytes) {
      return bytes.getBytes();
    }
    if (value instanceof Number number) {
      long n = number.longValue();
      return switch (typed.type) {
        case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE -> timestamp(n);
        case JAVA_SQL_DATE -> LocalDate.ofEpochDay(n);
        case JAVA_SQL_TIME -> LocalTime.ofNanoOfDay(n * (long) NANOS_PER_MILLI);
        default -> value;
      };
    }
    return value;
  }

  private static LocalDateTime timestamp(long epochMillis) {
    int millis = (int) Math.floorMod(epochMillis, MILLIS_PER_SECOND);
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(epochMillis, MILLIS_PER_SECOND), millis * NANOS_PER_MILLI, ZoneOffset.UTC);
  }
}
