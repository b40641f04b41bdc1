package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.RunFigures;
import java.nio.file.Files;
import java.util.Map;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationFiguresTest {
  @TempDir private java.nio.file.Path directory;
  private RunFolder folder;
  private RunFigures now = figures(1_000, 0.1, true);

  @BeforeEach
  void makeTheFolder() {
    folder = new RunFolder(new Path(directory.toUri()));
  }

  private static RunFigures figures(long items, double progress, boolean isWhole) {
    return new RunFigures(
        Map.of(Count.READ, items, Count.WRITTEN, items), progress, 0, 500, isWhole);
  }

  private ApplicationFigures attempt() {
    return new ApplicationFigures(folder, () -> now);
  }

  private long inTheFolder() throws Exception {
    return folder.figures().orElseThrow().counts().getOrDefault(Count.WRITTEN, 0L);
  }

  @Test
  void whatIsToldStandsInTheFolderBefore() throws Exception {
    ApplicationFigures figures = attempt();
    assertThat(figures.tell()).isSameAs(now);
    assertThat(inTheFolder()).isEqualTo(1_000);
    now = figures(2_000, 0.2, true);
    assertThat(figures.show()).isSameAs(now);
    assertThat(inTheFolder()).isEqualTo(2_000);
  }

  @Test
  void theNextAttemptFirstTellsTheMostThatThoseBeforeItCameTo() throws Exception {
    ApplicationFigures first = attempt();
    now = figures(6_000, 0.6, true);
    first.tell();
    // A TaskManager is lost, and then this process.
    now = figures(2_000, 0.2, false);
    first.tell();
    assertThat(inTheFolder()).isEqualTo(6_000);

    now = figures(4_000, 0.4, true);
    ApplicationFigures second = attempt();
    RunFigures told = second.tell();
    assertThat(told.counts()).containsEntry(Count.WRITTEN, 6_000L);
    assertThat(told.progress()).isEqualTo(0.6);
    assertThat(told.isWhole()).isTrue();
    assertThat(second.tell()).isSameAs(now);
    assertThat(inTheFolder()).isEqualTo(6_000);
  }

  @Test
  void aFolderThatCannotBeReadOrWrittenHoldsUpNobody() throws Exception {
    Files.createDirectory(directory.resolve("figures.json"));
    Files.createDirectory(directory.resolve("figures.json.part"));
    assertThat(attempt().tell()).isSameAs(now);
  }
}
