package io.dynaload.emr.monitor;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** When a run began, as its name says: {@code 20261121T120410-…}, in UTC. */
final class RunTime {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
  private static final int LENGTH = "20261121T120410".length();

  private RunTime() {}

  /** Whether it surely began before then; false if its name tells no time. */
  static boolean isBefore(String run, Instant then) {
    if (run.length() < LENGTH) {
      return false;
    }
    try {
      return LocalDateTime.parse(run.substring(0, LENGTH), TIME)
          .toInstant(ZoneOffset.UTC)
          .isBefore(then);
    } catch (DateTimeParseException noTime) {
      return false;
    }
  }
}
