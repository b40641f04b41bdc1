package io.dynaload.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.OutageException;
import io.dynaload.item.Rejection.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterWriterTest {
  @TempDir private Path directory;
  private Path folder;

  @BeforeEach
  void nameTheFolder() {
    folder = directory.resolve("readings/run");
  }

  private DeadLetterWriter writer(int attempt) {
    return new DeadLetterWriter(
        new RunLetters(folder.toUri().toString(), "first"),
        3,
        attempt,
        InstantSource.fixed(Letters.TIME));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> ids(String file) throws IOException {
    return Letters.read(folder.resolve(file).toUri().toString()).stream()
        .map(DeadLetter::id)
        .toList();
  }

  @Test
  void eachFlushMakesAWholeFile() throws IOException {
    try (DeadLetterWriter writer = writer(0)) {
      writer.write(Letters.rejected(1));
      writer.write(Letters.rejected(2));
      assertThat(folder).doesNotExist();
      writer.flush();
      writer.flush();
      assertThat(files()).containsExactly("3-0-0.jsonl");
      writer.write(Letters.rejected(3));
    }
    assertThat(files()).containsExactly("3-0-0.jsonl", "3-0-1.jsonl");
    assertThat(ids("3-0-0.jsonl"))
        .containsExactly("first/readings/split-0@1", "first/readings/split-0@2");
    assertThat(ids("3-0-1.jsonl")).containsExactly("first/readings/split-0@3");
  }

  @Test
  void aFileIsEndedAtEightMegabytes() throws IOException {
    byte[] row = new byte[1 << 20];
    try (DeadLetterWriter writer = writer(0)) {
      for (int i = 0; i < 10; i++) {
        writer.write(Letters.rejected(i, Form.RAW, row));
      }
      assertThat(files()).hasSizeGreaterThanOrEqualTo(1);
    }
    for (String file : files()) {
      assertThat(folder.resolve(file)).hasSize(Files.size(folder.resolve(file)));
      assertThat(Files.size(folder.resolve(file))).isLessThan(16 << 20);
    }
    assertThat(files().stream().mapToInt(this::letters).sum()).isEqualTo(10);
  }

  private int letters(String file) {
    try {
      return ids(file).size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void noFileIsWrittenOver() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (DeadLetterWriter writer = writer(0)) {
        writer.write(Letters.rejected(i));
      }
    }
    try (DeadLetterWriter writer = writer(1)) {
      writer.write(Letters.rejected(2));
    }
    assertThat(files()).containsExactly("3-0-0.jsonl", "3-0-1.jsonl", "3-1-0.jsonl");
    assertThat(ids("3-0-1.jsonl")).containsExactly("first/readings/split-0@1");
  }

  @Test
  void aFolderThatCannotBeWrittenToIsAnOutageAndNothingIsLost() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "a file in its place");
    DeadLetterWriter writer = writer(0);
    writer.write(Letters.rejected(1));
    assertThatThrownBy(writer::flush)
        .isInstanceOfSatisfying(
            OutageException.class, e -> assertThat(e.lasting().code()).isEqualTo(ErrorCode.TARGET))
        .hasMessageContaining(folder.toString());

    Files.delete(folder);
    writer.flush();
    assertThat(ids(files().get(0))).containsExactly("first/readings/split-0@1");
  }

  @Test
  void closingDoesNotThrow() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "a file in its place");
    DeadLetterWriter writer = writer(0);
    writer.write(Letters.rejected(1));
    writer.close();
    assertThat(folder).hasContent("a file in its place");
  }
}
