package io.dynaload.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ImportException;
import io.dynaload.metrics.MetricNames;
import io.dynaload.source.bounded.FakeEnumeratorContext;
import io.dynaload.source.file.FileConfig.CompressionChoice;
import io.dynaload.source.format.Formats;
import io.dynaload.source.storage.FileSplit;
import io.dynaload.source.storage.StorageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a clock and a thread that are the test's. */
class WatchEnumeratorTest {
  @TempDir private Path folder;
  private final List<WatchEnumerator> started = new ArrayList<>();
  private long nanos;

  @AfterEach
  void close() {
    started.forEach(WatchEnumerator::close);
  }

  private FileConfig config(@Nullable Duration untilIdle) {
    return new FileConfig(
        List.of(folder.toString()),
        new FileFormat("json", Formats.json(), null, true),
        CompressionChoice.BY_EXTENSION,
        false,
        new WatchConfig(Duration.ofSeconds(10), untilIdle),
        StorageConfig.LOCAL);
  }

  private WatchEnumerator start(
      FakeEnumeratorContext<FileSplit> context,
      @Nullable Duration untilIdle,
      @Nullable WatchState state) {
    WatchEnumerator enumerator =
        new WatchEnumerator(context, config(untilIdle), state, () -> nanos);
    started.add(enumerator);
    enumerator.start();
    for (int i = 0; i < context.currentParallelism(); i++) {
      context.register(i);
      enumerator.addReader(i);
      enumerator.handleSplitRequest(i, null);
    }
    return enumerator;
  }

  private void write(String name) throws IOException {
    Files.writeString(folder.resolve(name), "{\"id\":\"" + name + "\"}\n");
  }

  private void look(FakeEnumeratorContext<FileSplit> context) {
    nanos += Duration.ofSeconds(10).toNanos();
    context.runAsync();
  }

  /** The names of the files that were handed out, in order. */
  private static List<String> names(FakeEnumeratorContext<FileSplit> context) {
    return context.assigned.values().stream()
        .flatMap(List::stream)
        .flatMap(FileSplit::files)
        .map(uri -> uri.substring(uri.lastIndexOf('/') + 1))
        .sorted()
        .toList();
  }

  @Test
  void eachFileIsHandedOutOnceItStaysAsItIsAndOnlyOnce() throws IOException {
    FakeEnumeratorContext<FileSplit> context = new FakeEnumeratorContext<>(2);
    WatchEnumerator enumerator = start(context, null, null);
    write("a");
    look(context);
    assertThat(names(context)).isEmpty();
    look(context);
    look(context);
    assertThat(names(context)).containsExactly("a");
    assertThat(context.gauge(MetricNames.GROUP + "." + MetricNames.PROGRESS)).isEqualTo(Double.NaN);
    write("b");
    write("c");
    enumerator.handleSplitRequest(0, null);
    enumerator.handleSplitRequest(1, null);
    look(context);
    look(context);
    enumerator.handleSplitRequest(0, null);
    look(context);
    assertThat(names(context)).containsExactly("a", "b", "c");
    assertThat(context.released).isEmpty();
  }

  @Test
  void aFileThatStillGrowsIsLeftUntilItIsWhole() throws IOException {
    FakeEnumeratorContext<FileSplit> context = new FakeEnumeratorContext<>(1);
    start(context, null, null);
    for (int i = 0; i < 5; i++) {
      Files.writeString(folder.resolve("a"), "x".repeat(i));
      look(context);
    }
    assertThat(names(context)).isEmpty();
    look(context);
    assertThat(names(context)).containsExactly("a");
  }

  @Test
  void whatWasSeenBeforeARestartIsNotHandedOutAgain() throws IOException {
    FakeEnumeratorContext<FileSplit> context = new FakeEnumeratorContext<>(1);
    WatchEnumerator enumerator = start(context, null, null);
    write("a");
    look(context);
    look(context);
    write("b");
    look(context);
    look(context);
    // The reader holds a; b waits.
    WatchState state = enumerator.snapshotState(1);
    assertThat(names(context)).containsExactly("a");

    FakeEnumeratorContext<FileSplit> again = new FakeEnumeratorContext<>(3);
    WatchEnumerator restored = start(again, null, state);
    look(again);
    look(again);
    assertThat(names(again)).containsExactly("b");
    write("c");
    look(again);
    look(again);
    assertThat(names(again)).containsExactly("b", "c");
    List<String> ids =
        again.assigned.values().stream().flatMap(List::stream).map(FileSplit::splitId).toList();
    assertThat(ids).doesNotHaveDuplicates().doesNotContain("files-0");
    assertThat(restored.snapshotState(2).seen()).hasSize(3);
  }

  @Test
  void aFileThatIsWrittenAnewIsAnotherAndOneThatIsGoneIsForgotten() throws IOException {
    FakeEnumeratorContext<FileSplit> context = new FakeEnumeratorContext<>(1);
    WatchEnumerator enumerator = start(context, null, null);
    write("a");
    write("b");
    look(context);
    look(context);
    enumerator.handleSplitRequest(0, null);
    enumerator.handleSplitRequest(0, null);
    Files.writeString(folder.resolve("a"), "longer than before");
    Files.delete(folder.resolve("b"));
    look(context);
    look(context);
    enumerator.handleSplitRequest(0, null);
    assertThat(names(context)).containsExactly("a", "a", "b");
    assertThat(enumerator.snapshotState(1).seen()).hasSize(1);
  }

  @Test
  void aFileThatIsWrittenAnewWithTheSameTimeIsAnother() throws IOException {
    FakeEnumeratorContext<FileSplit> context = new FakeEnumeratorContext<>(1);
    WatchEnumerator enumerator = start(context, null, null);
    write("a");
    FileTime time = Files.getLastModifiedTime(folder.resolve("a"));
    look(context);
    look(context);
    enumerator.handleSplitRequest(0, null);
    Files.writeString(folder.resolve("a"), "longer than before");
    Files.setLastModifiedTime(folder.resolve("a"), time);
    look(context);
    look(context);
    assertThat(names(context)).containsExactly("a", "a");
  }

  @Test
  void readersAreLetGoOnceNothingCameForTheTimeAndAllIsRead() throws IOException {
    FakeEnumeratorContext<FileSplit> context = new FakeEnumeratorContext<>(2);
    WatchEnumerator enumerator = start(context, Duration.ofSeconds(30), null);
    write("a");
    for (int i = 0; i < 10; i++) {
      look(context);
    }
    // A reader is at work, however long that takes.
    assertThat(context.released).isEmpty();
    enumerator.handleSplitRequest(0, null);
    look(context);
    look(context);
    assertThat(context.released).isEmpty();
    enumerator.snapshotState(1);
    look(context);
    assertThat(context.released).as("a checkpoint is under way").isEmpty();
    enumerator.notifyCheckpointComplete(1);
    assertThat(context.released).containsExactly(0, 1);
    write("b");
    look(context);
    look(context);
    assertThat(names(context)).containsExactly("a");
  }

  @Test
  void aNewFilePutsTheEndOff() throws IOException {
    FakeEnumeratorContext<FileSplit> context = new FakeEnumeratorContext<>(1);
    WatchEnumerator enumerator = start(context, Duration.ofSeconds(30), null);
    for (int i = 0; i < 5; i++) {
      write("f" + i);
      look(context);
      look(context);
      enumerator.handleSplitRequest(0, null);
    }
    assertThat(context.released).isEmpty();
    look(context);
    look(context);
    look(context);
    assertThat(context.released).containsExactly(0);
  }

  @Test
  void aCheckpointOfOtherPathsIsRefused() {
    WatchState state = new WatchState("csv of s3://b/x", 0, List.of(), List.of());
    assertThatThrownBy(() -> start(new FakeEnumeratorContext<>(1), null, state))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("csv of s3://b/x, but the file now says json of " + folder);
  }
}
