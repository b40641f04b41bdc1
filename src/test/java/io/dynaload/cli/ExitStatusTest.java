package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExitStatusTest {
  @Test
  void theDocumentedCodesAreTheCodes() throws Exception {
    String page =
        Files.readString(Path.of(System.getProperty("dynaload.home", "."), "docs/exit-codes.md"));
    for (ExitStatus status : ExitStatus.values()) {
      assertThat(page).contains("| " + status.code() + " | " + status.meaning() + " |");
    }
    assertThat(page.lines().filter(line -> line.matches("\\| \\d+ \\|.*")))
        .hasSize(ExitStatus.values().length);
  }

  @Test
  void everyFailureHasAnExitCodeOfItsOwn() {
    assertThat(ErrorCode.values()).extracting(ExitStatus::of).doesNotHaveDuplicates();
  }
}
