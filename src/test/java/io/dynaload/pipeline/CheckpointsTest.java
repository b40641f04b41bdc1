package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.metrics.Count;
import io.dynaload.rebalance.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final JobIdentity IDENTITY =
      new JobIdentity(new TreeMap<>(Map.of("source.table", "readings", "sink.table", "t")));
  private static final Instant NOW = Instant.parse("2023-01-01T00:00:00Z");

  @TempDir private Path directory;
  private Checkpoints checkpoints;

  @BeforeEach
  void openTheFolder() {
    checkpoints = new Checkpoints(directory.toString(), "readings");
  }

  /** Lays a checkpoint out as Flink does. */
  private static Path checkpoint(org.apache.flink.core.fs.Path run, String name, Instant at)
      throws IOException {
    Path folder = Files.createDirectories(Path.of(run.getPath(), "0123456789abcdef", name));
    Path metadata = Files.writeString(folder.resolve("_metadata"), "x");
    Files.setLastModifiedTime(metadata, FileTime.from(at));
    return folder;
  }

  private String resume(String what) {
    return Path.of(URI.create(checkpoints.resume(what, IDENTITY).toString()).getPath()).toString();
  }

  private static ResumePoint pointOf(org.apache.flink.core.fs.Path run, Path checkpoint) {
    return new ResumePoint(run, new org.apache.flink.core.fs.Path(checkpoint.toString()));
  }

  private static StepsDone done(int steps) {
    return new StepsDone(
        steps, new RunCounts(Map.of(Count.READ, 10L * steps), new TreeMap<>(Map.of("NUMBER", 1L))));
  }

  private static void date(org.apache.flink.core.fs.Path run, Instant at) throws IOException {
    Files.setLastModifiedTime(Path.of(run.getPath(), "steps-done.json"), FileTime.from(at));
  }

  @Test
  void takesTheNewestCompletedCheckpointOfAllRuns() throws IOException {
    var first = checkpoints.newRun(IDENTITY, NOW);
    var second = checkpoints.newRun(IDENTITY, NOW.plusSeconds(60));
    checkpoint(first, "chk-9", NOW.plusSeconds(30));
    Path newest = checkpoint(second, "chk-10", NOW.plusSeconds(90));
    Files.createDirectories(newest.resolveSibling("chk-11"));

    assertThat(resume("latest")).isEqualTo(newest.toString());
  }

  @Test
  void takesTheNewerOfTwoThatWereCompletedInOneSecond() throws IOException {
    var run = checkpoints.newRun(IDENTITY, NOW);
    checkpoint(run, "chk-9", NOW);
    Path newest = checkpoint(run, "chk-11", NOW);
    checkpoint(run, "chk-10", NOW);

    assertThat(resume("latest")).isEqualTo(newest.toString());
  }

  @Test
  void takesTheCheckpointThatIsNamed() throws IOException {
    var run = checkpoints.newRun(IDENTITY, NOW);
    Path older = checkpoint(run, "chk-1", NOW);
    checkpoint(run, "chk-2", NOW.plusSeconds(10));

    assertThat(resume(older.toString())).isEqualTo(older.toString());
    assertThat(resume(older + "/_metadata")).isEqualTo(older.toString());
    assertThat(resume("file:" + older)).isEqualTo(older.toString());
  }

  @Test
  void saysSoWhereThereIsNothingToGoOnFrom() {
    assertThatThrownBy(() -> resume("latest"))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageStartingWith("--resume latest: there is no completed checkpoint below file:")
        .hasMessageEndingWith("/readings");
    assertThatThrownBy(() -> resume(directory + "/nowhere/chk-1"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("nowhere/chk-1: there is no completed checkpoint");
  }

  @Test
  void refusesTheCheckpointOfAnotherImportAndNamesWhatChanged() throws IOException {
    Path checkpoint = checkpoint(checkpoints.newRun(IDENTITY, NOW), "chk-1", NOW);
    Map<String, String> changed =
        Map.of("source.table", "others", "sink.table", "t", "source.from", "2023");

    assertThatThrownBy(() -> checkpoints.resume("latest", new JobIdentity(new TreeMap<>(changed))))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessage(
            "The checkpoint file:"
                + checkpoint
                + " is of another import than this file describes:\n"
                + "  source.from: was not set, is '2023'\n"
                + "  source.table: was 'readings', is 'others'");
  }

  @Test
  void refusesACheckpointThatWasMovedWithoutItsIdentity() throws IOException {
    Path moved = Files.createDirectories(directory.resolve("elsewhere/run/job/chk-1"));
    Files.writeString(moved.resolve("_metadata"), "x");
    assertThatThrownBy(() -> resume(moved.toString()))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("cannot be read from");
  }

  private static Routes byKey(String attribute) {
    KeySchema keys = new KeySchema(new KeyAttribute(attribute, KeyType.S), null);
    return new Routes(new Route.ByTableKey(keys), new Route.Straight());
  }

  @Test
  void goesOnOnlyTheWayThatTheItemsOfTheCheckpointWent() throws IOException {
    var first = checkpoints.newRun(IDENTITY, NOW);
    new RunFolder(first).route(byKey("id"), null);
    Path checkpoint = checkpoint(first, "chk-1", NOW);
    ResumePoint from = pointOf(first, checkpoint);

    var second = checkpoints.newRun(IDENTITY, NOW.plusSeconds(60));
    new RunFolder(second).route(byKey("id"), from);
    Path later = checkpoint(second, "chk-2", NOW.plusSeconds(90));

    var third = checkpoints.newRun(IDENTITY, NOW.plusSeconds(120));
    ResumePoint fromLater = pointOf(second, later);
    assertThatThrownBy(() -> new RunFolder(third).route(byKey("name"), fromLater))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessage(
            "The key of the source or of the target is not what it was at the checkpoint "
                + later
                + ": items went to the transform by the table's key id:S, to the sink straight,"
                + " and would go to the transform by the table's key name:S, to the sink"
                + " straight");
  }

  @Test
  void clearsARunAway() throws IOException {
    var run = checkpoints.newRun(IDENTITY, NOW);
    Path checkpoint = checkpoint(run, "chk-1", NOW);
    assertThat(checkpoints.resume(checkpoint.toString(), IDENTITY).run().getPath())
        .isEqualTo(run.getPath());

    checkpoints.remove(run);

    assertThat(checkpoints.latest()).isEmpty();
    assertThat(Path.of(run.getPath())).doesNotExist();
  }

  @Test
  void aStepThatBeganIsGoneOnWithEvenBeforeItsFirstCheckpoint() throws IOException {
    var first = checkpoints.newRun(IDENTITY, NOW);
    checkpoint(first, "chk-9", NOW);
    var second = checkpoints.newStep(first, IDENTITY, done(1));
    date(second, NOW.plusSeconds(1));

    assertThat(second.getPath()).isEqualTo(first.getPath() + "-002");
    assertThat(resume("latest")).isEqualTo(second.getPath());
    assertThat(resume(second.getPath())).isEqualTo(second.getPath());
    ResumePoint point = checkpoints.resume("latest", IDENTITY);
    assertThat(point.checkpoint()).isNull();
    assertThat(new RunFolder(point.run()).done()).isEqualTo(done(1));
    assertThat(new RunFolder(first).done()).isEqualTo(StepsDone.NONE);
  }

  @Test
  void whatWasFoundWhenTheImportBeganIsKeptForEveryStep() throws IOException {
    var first = checkpoints.newRun(IDENTITY, NOW);
    assertThat(new RunFolder(first).found()).isEmpty();
    new RunFolder(first).found(List.of("orders-1", "orders-2"));
    var second = checkpoints.newStep(first, IDENTITY, done(1));

    assertThat(new RunFolder(first).found()).containsExactly("orders-1", "orders-2");
    assertThat(new RunFolder(second).found()).containsExactly("orders-1", "orders-2");
  }

  @Test
  void aStepsOwnCheckpointStandsAboveItsBeginning() throws IOException {
    var first = checkpoints.newRun(IDENTITY, NOW);
    var second = checkpoints.newStep(first, IDENTITY, done(1));
    date(second, NOW.plusSeconds(5));
    Path checkpoint = checkpoint(second, "chk-1", NOW.plusSeconds(5));

    assertThat(resume("latest")).isEqualTo(checkpoint.toString());
  }

  @Test
  void aRunThatGoesOnWithAStepKnowsWhatWasDoneBeforeItAndIsNoNewerThanItsOwnCheckpoints()
      throws IOException {
    var first = checkpoints.newRun(IDENTITY, NOW);
    var second = checkpoints.newStep(first, IDENTITY, done(1));
    date(second, NOW);
    Path checkpoint = checkpoint(second, "chk-4", NOW.plusSeconds(5));
    var resumed = checkpoints.newRun(IDENTITY, NOW.plusSeconds(60));
    new RunFolder(resumed).goesOn(pointOf(second, checkpoint));
    date(resumed, NOW.plusSeconds(60));

    assertThat(new RunFolder(resumed).done()).isEqualTo(done(1));
    assertThat(new RunFolder(resumed).firstRun()).isEqualTo(second.getName());
    assertThat(resume("latest")).isEqualTo(checkpoint.toString());

    checkpoints.removeAll(IDENTITY);
    assertThat(checkpoints.latest()).isEmpty();
  }

  @Test
  void saysWhichFolderCannotBeUsed() throws IOException {
    Path file = Files.writeString(directory.resolve("a-file"), "x");
    assertThatThrownBy(() -> new Checkpoints(file.toString(), "n").newRun(IDENTITY, NOW))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("pipeline.checkpoint.directory")
        .hasMessageContaining(file.toString());
  }

  @Test
  void knowsTheFirstRunOfTheStepThatIsUnderWay() throws IOException {
    assertThat(checkpoints.underWay()).isEmpty();

    checkpoints.newRun(IDENTITY, NOW);
    var run = checkpoints.newRun(IDENTITY, NOW.plusSeconds(60));
    assertThat(checkpoints.underWay()).contains(new RunFolder(run));

    var next = checkpoints.newStep(run, IDENTITY, done(1));
    new RunFolder(run)
        .outcome(new RunOutcome(null, null, false, next.toString(), RunOutcome.Notes.NONE));
    assertThat(checkpoints.underWay()).contains(new RunFolder(run));

    new RunFolder(next)
        .outcome(RunOutcome.failed(new ImportException(ErrorCode.SOURCE, "Gone", "Look.")));
    assertThat(checkpoints.underWay()).isEmpty();
  }

  @Test
  void isUnderWayBeforeTheNextStepsFolderIsThere() throws IOException {
    var run = checkpoints.newRun(IDENTITY, NOW);
    new RunFolder(run).outcome(new RunOutcome(null, null, false, "x", RunOutcome.Notes.NONE));

    assertThat(checkpoints.underWay()).contains(new RunFolder(run));
  }
}
