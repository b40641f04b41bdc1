package io.dynaload.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterStoreTest {
  @TempDir private Path directory;
  private DeadLetterStore store;

  @BeforeEach
  void openTheStore() {
    store = new DeadLetterStore(new org.apache.flink.core.fs.Path(directory.toUri() + "readings"));
  }

  private static void write(RunLetters run, long position) {
    try (DeadLetterWriter writer =
        new DeadLetterWriter(run, 0, 0, InstantSource.fixed(Letters.TIME))) {
      writer.write(Letters.rejected(position));
    }
  }

  private List<String> toReplay() {
    return store.toReplay().stream()
        .map(file -> file.substring(file.indexOf("/readings/") + 10))
        .toList();
  }

  @Test
  void lettersAreReplayedOnceTheOldestRunFirst() {
    assertThat(toReplay()).isEmpty();
    write(store.ofRun("2023-b", "2023-a"), 1);
    write(store.ofRun("2023-a", "2023-a"), 2);
    assertThat(toReplay()).containsExactly("2023-a/0-0-0.jsonl", "2023-b/0-0-0.jsonl");

    store.replayed(store.toReplay(), store.ofReplay("2023-c"));
    assertThat(toReplay()).isEmpty();
  }

  @Test
  void lettersThatComeLaterAreStillToBeReplayed() {
    RunLetters run = store.ofRun("2023-a", "2023-a");
    write(run, 1);
    List<String> listed = store.toReplay();
    write(run, 2);
    store.replayed(listed, store.ofReplay("2023-b"));
    assertThat(toReplay()).containsExactly("2023-a/0-0-1.jsonl");
  }

  @Test
  void whatAReplayCouldNotWriteIsReplayedNextAndOnlyThat() {
    write(store.ofRun("2023-a", "2023-a"), 1);
    RunLetters replay = store.ofReplay("2023-b");
    List<String> listed = store.toReplay();
    write(replay, 1);
    store.replayed(listed, replay);
    assertThat(toReplay()).containsExactly("2023-b-replay/0-0-0.jsonl");

    store.replayed(store.toReplay(), store.ofReplay("2023-c"));
    assertThat(toReplay()).isEmpty();
  }

  @Test
  void aReplayThatDidNotEndHasNotBeen() {
    write(store.ofRun("2023-a", "2023-a"), 1);
    write(store.ofReplay("2023-b"), 1);
    assertThat(toReplay()).containsExactly("2023-a/0-0-0.jsonl");
  }

  @Test
  void onlyLettersAreRead() throws IOException {
    write(store.ofRun("2023-a", "2023-a"), 1);
    Files.writeString(directory.resolve("readings/2023-a/0-0-1.jsonl.part"), "half a l");
    Files.writeString(directory.resolve("readings/README"), "");
    assertThat(toReplay()).containsExactly("2023-a/0-0-0.jsonl");
  }

  @Test
  void theCheckLeavesNothingBehind() {
    RunLetters run = store.ofRun("2023-a", "2023-a");
    store.checkWritable(run);
    assertThat(directory).isEmptyDirectory();

    write(run, 1);
    store.checkWritable(run);
    store.checkWritable(store.ofRun("2023-b", "2023-b"));
    assertThat(toReplay()).containsExactly("2023-a/0-0-0.jsonl");
    assertThat(directory.resolve("readings")).isDirectoryNotContaining("glob:**2023-b");
  }

  @Test
  void aFolderThatCannotBeWrittenToIsTheFilesMistake() throws IOException {
    Files.writeString(directory.resolve("readings"), "a file in its place");
    assertThatThrownBy(() -> store.checkWritable(store.ofRun("r", "r")))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageStartingWith("pipeline.dead-letters.directory: file:")
        .hasMessageContaining("readings cannot be used");
  }

  @Test
  void aCorruptLineIsNamedWithItsFile() throws IOException {
    RunLetters run = store.ofRun("2023-a", "2023-a");
    write(run, 1);
    Path file = directory.resolve("readings/2023-a/0-0-0.jsonl");
    String line = Files.readString(file);
    Files.writeString(file, line + "\n \r\n" + line + line.substring(0, 40));
    assertThatThrownBy(() -> Letters.read(store.toReplay().get(0)))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageContaining("2023-a/0-0-0.jsonl:5 is no dead letter: it is no JSON");
  }

  @Test
  void theLastLineNeedsNoLineFeed() throws IOException {
    write(store.ofRun("2023-a", "2023-a"), 1);
    Path file = directory.resolve("readings/2023-a/0-0-0.jsonl");
    Files.writeString(file, Files.readString(file).stripTrailing());
    assertThat(Letters.read(store.toReplay().get(0))).hasSize(1);
  }
}
