package io.dynaload.source.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest {
  @TempDir private Path folder;
  private final Storage storage = Storage.of(StorageConfig.LOCAL);

  @AfterEach
  void close() {
    storage.close();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> names(String path) throws IOException {
    return storage.list(path).stream()
        .map(object -> object.uri().substring(("file://" + folder + "/").length()))
        .toList();
  }

  @Test
  void aFolderIsItsFilesAndThoseBelow() throws IOException {
    write("b.csv", "b");
    write("a/z.csv", "z");
    write("a/.hidden", "h");
    write("_temporary/x", "x");
    write("a/_SUCCESS", "");
    assertThat(names(folder.toString())).containsExactly("a/z.csv", "b.csv");
    assertThat(names("file://" + folder + "/")).containsExactly("a/z.csv", "b.csv");
  }

  @Test
  void aFolderWithALeadingDotIsReadWhenItIsNamed() throws IOException {
    write(".hidden/x", "x");
    assertThat(names(folder + "/.hidden")).containsExactly(".hidden/x");
  }

  @Test
  void aPatternIsWhatItMatches() throws IOException {
    write("2024-01/a.csv", "b");
    write("2024-02/b.csv.gz", "z");
    write("2025-01/a.csv", "z");
    assertThat(names(folder + "/2024-*/*")).containsExactly("2024-01/a.csv", "2024-02/b.csv.gz");
    assertThat(names(folder + "/**/a.csv")).containsExactly("2024-01/a.csv", "2025-01/a.csv");
    assertThat(names(folder + "/nowhere/*.csv")).isEmpty();
  }

  @Test
  void whatIsNotThereIsNothing() throws IOException {
    assertThat(storage.list(folder + "/nothing")).isEmpty();
    assertThat(storage.find(folder + "/nothing")).isEmpty();
    assertThat(storage.find(folder.toString())).isEmpty();
    write("file", "x");
    assertThat(storage.find(folder + "/file/below")).isEmpty();
  }

  @Test
  void aFileWhoseNameLooksLikeAPatternIsItself() throws IOException {
    write("a*.csv", "star");
    write("ab.csv", "b");
    assertThat(names(folder + "/a*.csv")).containsExactly("a*.csv");
  }

  @Test
  void aFileIsReadFromAByteOn() throws IOException {
    StoredObject object = storage.find(write("x", "0123456789").toString()).orElseThrow();
    assertThat(object.size()).isEqualTo(10);
    try (InputStream in = storage.open(object, 4)) {
      assertThat(in.readAllBytes()).asString().isEqualTo("456789");
    }
  }

  @Test
  void aFileThatIsAnotherByNowEndsTheRun() throws IOException {
    Path file = write("x", "0123456789");
    StoredObject object = storage.find(file.toString()).orElseThrow();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertFails(object, "was changed after the run began");
    Files.delete(file);
    assertFails(object, "is no longer there");
  }

  @Test
  void aFileThatIsCutWhileItIsReadEndsTheRun() throws IOException {
    Path file = write("x", "0123456789");
    StoredObject object = storage.find(file.toString()).orElseThrow();
    try (InputStream in = storage.open(object, 0)) {
      Files.writeString(file, "01234");
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(ImportException.class)
          .hasMessageContaining("was changed");
    }
  }

  @Test
  void anotherSchemeIsRefused() {
    assertThatThrownBy(() -> storage.list("gs://bucket/x"))
        .isInstanceOf(ImportException.class)
        .hasMessage("gs://bucket/x is neither on S3 nor a local file");
  }

  private void assertFails(StoredObject object, String message) {
    assertThatThrownBy(() -> storage.open(object, 0))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE))
        .hasMessage(object.uri() + " " + message);
  }
}
