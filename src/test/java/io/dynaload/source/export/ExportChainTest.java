package io.dynaload.source.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.export.ManifestSummary.OutputFormat;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExportChainTest {
  private static final Instant NOON = Instant.parse("2023-09-18T12:00:00Z");

  private static NativeExport export(
      String name, String table, @Nullable Instant from, Instant to) {
    return new NativeExport(
        "s3://b/AWSDynamoDB/" + name + "/manifest-summary.json",
        new ManifestSummary("arn:" + name, table, from, to, "k", 1, OutputFormat.ION, true));
  }

  private static NativeExport full(Instant time) {
    return export("full-" + time, "id-1", null, time);
  }

  private static NativeExport incremental(int from, int to) {
    return export("inc-" + from, "id-1", hour(from), hour(to));
  }

  private static Instant hour(int hours) {
    return NOON.plusSeconds(3600L * hours);
  }

  private static void assertRefused(String why, NativeExport... exports) {
    assertThatThrownBy(() -> ExportChain.inOrder(List.of(exports)))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageStartingWith("source.paths: these two do not follow one another, as " + why)
        .hasMessageContaining("\n  s3://b/AWSDynamoDB/");
  }

  @Test
  void theyAreAppliedInTheOrderOfTheirTimes() {
    NativeExport full = full(NOON);
    assertThat(ExportChain.inOrder(List.of(incremental(1, 2), full, incremental(0, 1))))
        .containsExactly(full, incremental(0, 1), incremental(1, 2));
    assertThat(ExportChain.inOrder(List.of(incremental(1, 2), incremental(0, 1))))
        .containsExactly(incremental(0, 1), incremental(1, 2));
  }

  @Test
  void aGapIsRefused() {
    assertRefused(
        "between 2023-09-18T13:00:00Z and 2023-09-18T14:00:00Z there is a gap:",
        full(NOON),
        incremental(0, 1),
        incremental(2, 3));
    assertRefused("between", full(NOON), incremental(1, 2));
    // However short: what was written in it would be missing.
    assertRefused("between", full(NOON.minusMillis(1)), incremental(0, 1));
  }

  @Test
  void anOverlapIsRefused() {
    assertRefused(
        "both have the time from 2023-09-18T13:00:00Z to 2023-09-18T14:00:00Z:",
        full(NOON),
        incremental(0, 2),
        incremental(1, 3));
    assertRefused("both have the time", full(NOON.plusSeconds(1)), incremental(0, 1));
    assertRefused("both have the time", incremental(0, 1), incremental(0, 1));
  }

  @Test
  void theRestOfASecondMayBeInBothAsAFullExportIsOfAMomentInMilliseconds() {
    assertThat(ExportChain.inOrder(List.of(full(NOON.plusMillis(999)), incremental(0, 1))))
        .hasSize(2);
  }

  @Test
  void twoFullOnesAreRefused() {
    assertRefused("both are full exports:", full(NOON), full(hour(1)), incremental(1, 2));
  }

  @Test
  void anotherTableIsRefusedEvenIfItsNameIsTheSame() {
    assertRefused(
        "they are of different tables, as their tableId says:",
        full(NOON),
        export("other", "id-2", hour(0), hour(1)));
  }
}
