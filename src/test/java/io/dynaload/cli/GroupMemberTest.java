package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.ImportsFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupMemberTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(
          new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8),
          0);
  private ImportFile file;

  @BeforeEach
  void readAFile() throws IOException {
    Path yaml =
        Files.writeString(
            folder.resolve("x.yaml"),
            """
            source: {type: file, format: json, path: a.json}
            sink: {table: all, region: us-west-2}
            pipeline: {name: a}
            """);
    file = ImportsFile.read(yaml, List.of()).onlyOne();
  }

  private GroupMember member() {
    return new GroupMember("a", file);
  }

  private GroupMember done() {
    GroupMember done = member();
    done.takeReport(
        new RunReport(
            "a",
            RunState.FINISHED,
            Ledger.ofWholeRun(Map.of(Count.READ, 1L, Count.WRITTEN, 1L)),
            Instant.EPOCH,
            Duration.ZERO));
    return done;
  }

  @Test
  void whateverGoesWrongConcernsItAlone() {
    for (Error error : List.of(new OutOfMemoryError("Metaspace"), new NoClassDefFoundError("X"))) {
      GroupMember member = member();
      member.attempt(
          terminal,
          false,
          () -> {
            throw error;
          });
      assertThat(member.status).isEqualTo(ExitStatus.UNEXPECTED);
      assertThat(member.error).isEqualTo("an unexpected " + error);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("error: an unexpected " + error);
      assertThat(member.part().isDone()).isFalse();
    }
  }

  @Test
  void aSignalThatCameWhenAllWasDoneIsNoInterrupt() {
    Optional<ExitStatus> signal = Optional.of(ExitStatus.TERMINATED);
    GroupMember failed = member();
    failed.status = ExitStatus.TARGET_FAILED;

    assertThat(GroupMember.worst(List.of(done(), done()), signal)).isEqualTo(ExitStatus.OK);
    assertThat(GroupMember.worst(List.of(done(), failed), signal)).isEqualTo(ExitStatus.TERMINATED);
    assertThat(GroupMember.worst(List.of(done(), failed), Optional.empty()))
        .isEqualTo(ExitStatus.TARGET_FAILED);
  }
}
