package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentPlannerTest {
  private static SourceTable table(String name, long bytes) {
    return new SourceTable(name, ScanImport.KEYS, List.of("id", "n"), true, 0, bytes, "");
  }

  private static List<Integer> numbers(List<ScanSplit> splits, String table) {
    return splits.stream()
        .filter(split -> split.table().equals(table))
        .flatMap(split -> split.segments().stream())
        .map(Segment::number)
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 32", "0, 8, 256", "1000000000000, 8, 3725", "1000000000000000, 8, 1000000"})
  void thereAreFarMoreSegmentsThanReaders(long bytes, int parallelism, int total) {
    assertThat(SegmentPlanner.total(bytes, parallelism)).isEqualTo(total);
  }

  @Test
  void eachSegmentOfEachTableIsPlannedOnce() {
    List<ScanSplit> splits =
        SegmentPlanner.plan(List.of(table("a", 0), table("b", 0)), SegmentsConfig.AUTO, 3);

    for (String table : List.of("a", "b")) {
      assertThat(numbers(splits, table)).isEqualTo(IntStream.range(0, 96).boxed().toList());
    }
    assertThat(splits).extracting(ScanSplit::splitId).doesNotHaveDuplicates();
    assertThat(splits).allSatisfy(split -> assertThat(split.total()).isEqualTo(96));
    assertThat(splits)
        .hasSize(48)
        .isNotEqualTo(splits.stream().sorted(Comparator.comparing(ScanSplit::splitId)).toList());
    assertThat(SegmentPlanner.plan(List.of(table("a", 0), table("b", 0)), SegmentsConfig.AUTO, 3))
        .isEqualTo(splits);
  }

  @Test
  void onlySomeSegmentsArePlannedAndEachReaderHasOne() {
    List<ScanSplit> splits =
        SegmentPlanner.plan(
            List.of(table("a", 0)), new SegmentsConfig(40, List.of(1, 2, 30, 31)), 4);

    assertThat(numbers(splits, "a")).containsExactly(1, 2, 30, 31);
    assertThat(splits).hasSize(4);
  }
}
