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
  private static final long NANOS_PER_MILLI = 1_000_000;

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
      switch (typed.type) {
        case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE:
          long millis = Math.floorMod(n, 1_000L);
          return LocalDateTime.ofEpochSecond(
              Math.floorDiv(n, 1_000L), (int) (millis * NANOS_PER_MILLI), ZoneOffset.UTC);
        case JAVA_SQL_DATE:
          return LocalDate.ofEpochDay(n);
        case JAVA_SQL_TIME:
          return LocalTime.ofNanoOfDay(n * NANOS_PER_MILLI);
        default:
          return value;
      }
    }
    return value;
  }
}
