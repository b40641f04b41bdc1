package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands of several imports between two commands. */
class ImportGroupTest {
  private static final Instant NOW = Instant.parse("2023-01-01T00:00:00Z");

  @TempDir private Path folder;
  private ImportsFile file;

  @BeforeEach
  void readTheFile() throws IOException {
    file = read();
  }

  /** A file with the imports a, b and c. */
  private ImportsFile read(String... overrides) throws IOException {
    Path yaml =
        Files.writeString(
            folder.resolve("shop.yaml"),
            """
            source: {type: file, format: json}
            sink: {table: all, region: us-west-2}
            pipeline: {name: shop, checkpoint: {directory: %s}}
            imports:
              - {name: a, source: {path: a.json}}
              - {name: b, source: {path: b.json}}
              - {name: c, source: {path: c.json}}
            """
                .formatted(checkpoints()));
    return ImportsFile.read(yaml, Arrays.asList(overrides));
  }

  private Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  private static ImportFile of(ImportsFile file, String name) {
    return Objects.requireNonNull(file.imports().get(name));
  }

  private ImportFile of(String name) {
    return of(file, name);
  }

  private ImportsFile only(String name) {
    return file.only(List.of(name));
  }

  private ImportGroup begin(int minute) {
    return ImportGroup.begin(file, NOW.plus(Duration.ofMinutes(minute)));
  }

  private static Path local(ImportGroup group) {
    return Path.of(group.toString().substring("file:".length()));
  }

  /** Lays a checkpoint out as Flink does. */
  private static void checkpoint(ImportGroup group, ImportFile each) throws IOException {
    var run = PreparedImport.checkpointsOf(group.within(each)).newRun(each.identity(), NOW);
    Path point = Files.createDirectories(Path.of(run.getPath(), "0123456789abcdef", "chk-1"));
    Files.writeString(point.resolve("_metadata"), "x");
  }

  private static RunReport report(ImportFile each) {
    return new RunReport(
        each.pipeline().name(),
        RunState.FINISHED,
        Ledger.ofWholeRun(Map.of(Count.READ, 5L, Count.WRITTEN, 5L)),
        NOW,
        Duration.ofSeconds(7));
  }

  private static void markDone(ImportGroup group, ImportFile each) {
    group.markDone(each, report(each));
  }

  @Test
  void theNewestRunInWhichAnythingBeganIsGoneOnWith() throws IOException {
    assertThat(ImportGroup.latest(file)).isEmpty();
    ImportGroup first = begin(0);
    checkpoint(first, of("b"));
    ImportGroup second = begin(1);
    markDone(second, of("a"));
    begin(2);

    assertThat(ImportGroup.latest(file)).hasToString("Optional[" + second + "]");
    assertThat(ImportGroup.resume(file, first.toString())).hasToString(first.toString());
    assertThatThrownBy(() -> ImportGroup.resume(file, checkpoints() + "/shop"))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageEndingWith("/shop: it is no run of several imports");
  }

  @Test
  void oneThatWasNotBegunGoesOnInTheRunOfTheOthers() {
    ImportGroup group = begin(0);
    markDone(group, of("a"));

    assertThat(ImportGroup.latest(only("b"))).hasToString("Optional[" + group + "]");
  }

  @Test
  void howOneThatIsDoneEndedIsKnownAndItMustStayWhatItIs() throws IOException {
    ImportGroup group = begin(0);
    assertThat(group.done(of("a"))).isEmpty();
    markDone(group, of("a"));

    RunReport done = group.done(of("a")).orElseThrow();
    assertThat(done.summary()).isEqualTo(report(of("a")).summary());
    assertThat(done.isComplete()).isTrue();
    ImportFile other = of(read("imports.a.source.path=d.json"), "a");
    assertThatThrownBy(() -> group.done(other))
        .hasMessageContaining("is of another import than this file describes")
        .hasMessageContaining("source.path: was ");
  }

  @Test
  void theRunsAreClearedAwayOnceAllIsDone() throws IOException {
    ImportGroup earlier = begin(0);
    checkpoint(earlier, of("a"));
    ImportGroup group = begin(1);
    markDone(group, of("a"));
    markDone(group, of("b"));
    assertThat(group.tidy(file)).isTrue();
    assertThat(local(earlier)).exists();

    markDone(group, of("c"));
    assertThat(group.tidy(file)).isFalse();
    assertThat(checkpoints().resolve("shop")).isEmptyDirectory();
  }

  @Test
  void aRunInWhichNothingBeganIsClearedAwayAlone() throws IOException {
    ImportGroup earlier = begin(0);
    checkpoint(earlier, of("a"));
    ImportGroup group = begin(1);

    assertThat(group.tidy(file)).isFalse();
    assertThat(local(group)).doesNotExist();
    assertThat(local(earlier)).exists();
  }

  @Test
  void theRunsOfAnotherCommandForOtherImportsOfTheFileAreLeftAlone() {
    ImportGroup other = ImportGroup.begin(only("b"), NOW);
    ImportGroup group = ImportGroup.begin(only("a"), NOW);
    markDone(group, of("a"));

    assertThat(group.tidy(only("a"))).isFalse();
    assertThat(local(other)).exists();
    assertThat(local(group)).doesNotExist();
  }

  @Test
  void theNamesAreWrittenDownWithAVersion() throws IOException {
    ImportGroup group = begin(0);
    Path names = local(group).resolve("imports.json");
    assertThat(names).hasContent("{\"version\":1,\"imports\":[\"a\",\"b\",\"c\"]}");

    Files.writeString(names, "{\"version\":2}");
    assertThatThrownBy(() -> ImportGroup.latest(file))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageEndingWith("imports.json cannot be read: version 2 is not known here");
  }

  @Test
  void whatTheOthersHaveComeToStaysThoughOneThatIsResumedAloneComesToNothing() throws IOException {
    ImportGroup group = begin(0);
    markDone(group, of("a"));
    checkpoint(group, of("b"));

    ImportGroup resumed = ImportGroup.resume(only("c"), group.toString());

    assertThat(resumed.tidy(only("c"))).isTrue();
    assertThat(group.done(of("a"))).isPresent();
    assertThat(PreparedImport.checkpointsOf(group.within(of("b"))).latest()).isPresent();
  }

  @Test
  void runsOfOtherImportsOfTheSameNamesStay() throws IOException {
    ImportGroup january = begin(0);
    checkpoint(january, of("b"));
    ImportGroup same = begin(1);
    checkpoint(same, of("a"));
    ImportsFile february = read("imports.b.source.path=february.json");
    ImportGroup group = ImportGroup.begin(february, NOW.plus(Duration.ofHours(1)));
    february.imports().values().forEach(each -> markDone(group, each));

    assertThat(group.tidy(february)).isFalse();

    assertThat(local(group)).doesNotExist();
    assertThat(local(same)).doesNotExist();
    assertThat(ImportGroup.latest(file)).hasToString("Optional[" + january + "]");
  }

  @Test
  void oneThatWasAddedToTheFileBelongsToTheRunFromThenOn() throws IOException {
    ImportsFile two = file.only(List.of("a", "b"));
    ImportGroup group = ImportGroup.begin(two, NOW);
    markDone(group, of("a"));
    checkpoint(ImportGroup.resume(file, "latest"), of("c"));

    ImportGroup last = ImportGroup.resume(two, "latest");
    markDone(last, of("b"));

    assertThat(last.tidy(two)).isTrue();
    assertThat(PreparedImport.checkpointsOf(last.within(of("c"))).latest()).isPresent();
  }

  @Test
  void anotherNameIsNoOtherImport() throws IOException {
    ImportGroup group = begin(0);
    markDone(group, of("a"));
    checkpoint(group, of("b"));
    ImportsFile renamed = read("imports.a.name=x", "imports.b.name=y");

    ImportGroup resumed = ImportGroup.resume(renamed, group.toString());

    assertThatThrownBy(() -> resumed.done(of(renamed, "x")))
        .isInstanceOfSatisfying(
            ImportException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
              assertThat(e.problem()).isEqualTo("It is what was called a in the run " + group);
              assertThat(e.remedy())
                  .isEqualTo("Call it a again to go on, or start anew without --resume.");
            });
    assertThatThrownBy(() -> resumed.done(of(renamed, "y"))).hasMessageContaining("called b");
    assertThat(resumed.done(of(renamed, "c"))).isEmpty();
  }

  @Test
  void everyNameOfAnImportIsAFoldersToo() throws IOException {
    ImportsFile named = read("imports.a.name=imports", "imports.b.name=import", "imports.c.name=-");
    ImportGroup group = ImportGroup.begin(named, NOW);
    for (ImportFile each : named.imports().values()) {
      checkpoint(group, each);
      markDone(group, each);
    }
    assertThat(group.tidy(named)).isFalse();
    assertThat(local(group)).doesNotExist();
  }

  @Test
  void aRunThatWasMovedIsClearedAwayWhereItIs() throws IOException {
    ImportGroup group = begin(0);
    markDone(group, of("a"));
    Path moved = folder.resolve("moved");
    Files.move(local(group), moved);

    ImportGroup resumed = ImportGroup.resume(file, moved.toString());
    markDone(resumed, of("b"));
    markDone(resumed, of("c"));

    assertThat(resumed.tidy(file)).isFalse();
    assertThat(moved).doesNotExist();
  }
}
