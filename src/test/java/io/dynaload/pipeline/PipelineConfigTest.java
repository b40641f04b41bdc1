package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.config.ConfigFile;
import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ImportException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineConfigTest {
  private static PipelineConfig read(String yaml) {
    return PipelineConfig.from(
        ConfigFile.parse("x.yaml", yaml, List.of()).check(PipelineConfig.KEYS));
  }

  @Test
  void hasADefaultForEveryKeyButTheName() {
    assertThat(read("name: readings\n"))
        .isEqualTo(
            new PipelineConfig(
                "readings",
                2,
                new CheckpointConfig(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(1),
                    "dynaload-checkpoints",
                    2),
                new RestartConfig(10, Duration.ofMinutes(10)),
                new DeadLetterConfig("dynaload-dead-letters", ErrorBudget.NONE),
                false));
  }

  @Test
  void mapsEveryKey() {
    assertThat(
            read(
                """
                name: a.b_c-1
                parallelism: 16
                checkpoint:
                  interval: 30s
                  min-pause: 10s
                  timeout: 300s
                  aligned-timeout: 500ms
                  directory: s3://bucket/checkpoints
                  retained: 5
                restart:
                  attempts: 3
                  reset-after: 1h
                error-budget: 0.1%
                dead-letters:
                  directory: s3://bucket/letters
                cloudwatch: true
                """))
        .isEqualTo(
            new PipelineConfig(
                "a.b_c-1",
                16,
                new CheckpointConfig(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5),
                    Duration.ofMillis(500),
                    "s3://bucket/checkpoints",
                    5),
                new RestartConfig(3, Duration.ofHours(1)),
                new DeadLetterConfig("s3://bucket/letters", ErrorBudget.parse("0.1%")),
                true));
  }

  @Test
  void refusesANameThatIsNoFolder() {
    for (String name : List.of("'a/b'", "..", "'a b'", "'ü'")) {
      assertThatThrownBy(() -> read("name: " + name + "\n"))
          .isInstanceOf(ImportException.class)
          .hasMessageStartingWith("x.yaml:1 name: ")
          .hasMessageEndingWith("cannot name a folder");
    }
  }
}
