package io.dynaload.source.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.source.format.FilePart;
import io.dynaload.source.format.RecordFormat.Splitting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSplitPlannerTest {
  private static final long RANGE = FileSplitPlanner.RANGE;

  private static FileToRead file(String name, long size) {
    return FileToRead.of(new StoredObject("s3://b/" + name, size, "tag"));
  }

  private static List<FileToRead> small(int count) {
    return IntStream.range(0, count).mapToObj(i -> file("f" + i + ".gz", 1000)).toList();
  }

  private static List<FilePart> parts(List<FileSplit> splits) {
    return splits.stream()
        .flatMap(split -> split.parts().stream())
        .map(SplitPart::position)
        .sorted(Comparator.comparing(FilePart::offset))
        .toList();
  }

  @Test
  void theSameFilesGiveTheSamePlanWhateverTheirOrder() {
    List<FileToRead> shuffled = new ArrayList<>(small(500));
    Collections.reverse(shuffled);
    assertThat(FileSplitPlanner.plan(shuffled, Splitting.NONE, 4, 0))
        .isEqualTo(FileSplitPlanner.plan(small(500), Splitting.NONE, 4, 0));
  }

  @Test
  void manyFilesAreReadADozenAtATimeSpreadOverAllOfThem() {
    List<FileSplit> splits = FileSplitPlanner.plan(small(1200), Splitting.NONE, 4, 0);
    assertThat(splits).hasSize(100).allMatch(split -> split.parts().size() == 12);
    assertThat(splits.stream().map(FileSplit::splitId)).doesNotHaveDuplicates();
    assertThat(parts(splits)).extracting(FilePart::unit).doesNotHaveDuplicates().hasSize(1200);
    List<String> firstDozen = splits.get(0).parts().stream().map(p -> p.object().uri()).toList();
    assertThat(firstDozen).isNotEqualTo(firstDozen.stream().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16, 40, 190})
  void fewFilesAreSpreadOverTheReaders(int files) {
    List<FileSplit> splits = FileSplitPlanner.plan(small(files), Splitting.NONE, 4, 0);
    assertThat(splits).hasSize(Math.min(files, 16));
    assertThat(parts(splits)).hasSize(files);
  }

  @Test
  void aBigFileIsCutIntoRangesThatMeet() {
    List<FileSplit> splits =
        FileSplitPlanner.plan(List.of(file("x.csv", 10 * RANGE + 5)), Splitting.AT_ANY_BYTE, 2, 0);
    List<FilePart> parts = parts(splits);
    assertThat(parts).hasSize(10);
    assertThat(splits).hasSize(8);
    long at = 0;
    for (FilePart part : parts) {
      assertThat(part.offset()).isEqualTo(at);
      assertThat(part.unit()).isEqualTo(at == 0 ? "s3://b/x.csv" : "s3://b/x.csv#" + at);
      at = part.end();
    }
    assertThat(at).isEqualTo(10 * RANGE + 5);
  }

  @Test
  void rangesAreTheSameAtAnyParallelism() {
    List<FileToRead> files = List.of(file("x.csv", 7 * RANGE), file("y.json", 100));
    assertThat(parts(FileSplitPlanner.plan(files, Splitting.AT_ANY_BYTE, 1, 0)))
        .containsExactlyInAnyOrderElementsOf(
            parts(FileSplitPlanner.plan(files, Splitting.AT_ANY_BYTE, 9, 0)));
  }

  @Test
  void whatCannotBeCutIsWhole() {
    FileToRead checked =
        new FileToRead(
            new StoredObject("s3://b/x", 9 * RANGE, "t"),
            "x",
            Compression.NONE,
            new Expectation(null, 5));
    List<FileToRead> files =
        List.of(file("x.csv.gz", 9 * RANGE), checked, file("y.csv", 2 * RANGE - 1));
    assertThat(parts(FileSplitPlanner.plan(files, Splitting.AT_ANY_BYTE, 4, 0)))
        .hasSize(3)
        .allMatch(part -> part.end() == Long.MAX_VALUE);
    assertThat(
            parts(FileSplitPlanner.plan(List.of(file("x.csv", 9 * RANGE)), Splitting.NONE, 4, 0)))
        .hasSize(1);
  }

  @Test
  void noFilesAreNoSplits() {
    assertThat(FileSplitPlanner.plan(List.of(), Splitting.NONE, 4, 0)).isEmpty();
  }
}
