package io.dynaload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("x.yaml");
  }

  @Test
  void aFileIsReadAndItsPathStandsInMessages() throws IOException {
    Files.writeString(file, "\uFEFFsink:\n  table: größer\n");

    Tree sink = ConfigFile.read(file, List.of()).child("sink").orElseThrow();

    assertThat(sink.text("table")).contains("größer");
    assertThat(sink.problem("x", "y")).hasMessage(file + ":1 sink: x");
  }

  @Test
  void aMissingFileIsNamedWithTheFolderThatItWasLookedForIn() {
    ImportException e = refused(Path.of("no/such.yaml"));

    assertThat(e).hasMessage("no/such.yaml: no such file");
    assertThat(e.remedy())
        .isEqualTo(
            "Check the path; a relative one begins at " + Path.of("").toAbsolutePath() + ".");
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
  }

  @Test
  void aFolderIsRefused() {
    assertThat(refused(folder)).hasMessage(folder + ": is a folder, not a file");
  }

  @Test
  void aFileOfDataIsRefused() throws IOException {
    Files.write(file, new byte[(1 << 20) + 1]);

    assertThat(refused(file)).hasMessage(file + ": is larger than 1 MiB");
  }

  @Test
  void anotherEncodingIsRefused() throws IOException {
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xFC});

    assertThat(refused(file)).hasMessage(file + ": is not UTF-8 text");
  }

  @Test
  void aFileThatCannotBeReadIsRefused() throws IOException {
    Path itself =
        Files.createSymbolicLink(folder.resolve("loop.yaml"), folder.resolve("loop.yaml"));

    assertThat(refused(itself).problem()).startsWith(itself + ": ");
  }

  private static ImportException refused(Path path) {
    return catchThrowableOfType(ImportException.class, () -> ConfigFile.read(path, List.of()));
  }
}
