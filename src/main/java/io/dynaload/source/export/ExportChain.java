package io.dynaload.source.export;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Exports that are to be applied one after the other: a full one and the incremental ones that
 * follow it, or incremental ones that follow one another, all of one table, where each goes on at
 * the very moment at which the one before ends.
 */
final class ExportChain {
  private ExportChain() {}

  /**
   * Puts them into the order of their times.
   *
   * @throws ImportException (CONFIGURATION) if they are no chain
   */
  static List<NativeExport> inOrder(List<NativeExport> exports) {
    List<NativeExport> ordered =
        exports.stream()
            .sorted(
                Comparator.comparing((NativeExport export) -> !export.summary().isFull())
                    .thenComparing(ExportChain::begin))
            .toList();
    for (int i = 1; i < ordered.size(); i++) {
      check(ordered.get(i - 1), ordered.get(i));
    }
    return ordered;
  }

  private static Instant begin(NativeExport export) {
    Instant from = export.summary().from();
    return from == null ? export.summary().to() : from;
  }

  private static void check(NativeExport before, NativeExport after) {
    if (!Objects.equals(before.summary().tableId(), after.summary().tableId())) {
      throw broken(
          "they are of different tables, as their tableId says", before, after, "Leave one out.");
    }
    if (after.summary().isFull()) {
      throw broken(
          "both are full exports", before, after, "Leave one out: a full export has all items.");
    }
    Instant end = before.summary().to();
    Instant begin = begin(after);
    if (begin.isAfter(end)) {
      throw broken(
          "between " + end + " and " + begin + " there is a gap",
          before,
          after,
          "Add the incremental export of that time: without it, what was written then would be"
              + " missing.");
    }
    // A full export is of a moment in milliseconds, where a window may have been asked for in
    // seconds; the rest of that second twice does no harm.
    if (begin.isBefore(end.truncatedTo(ChronoUnit.SECONDS))) {
      throw broken(
          "both have the time from " + begin + " to " + end,
          before,
          after,
          "Leave one out, so that each time is there once.");
    }
  }

  private static ImportException broken(
      String why, NativeExport before, NativeExport after, String remedy) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "source.paths: these two do not follow one another, as "
            + why
            + ":\n"
            + shown(before)
            + "\n"
            + shown(after),
        remedy);
  }

  private static String shown(NativeExport export) {
    return "  " + Uris.parent(export.manifest()) + ": " + export.summary();
  }
}
