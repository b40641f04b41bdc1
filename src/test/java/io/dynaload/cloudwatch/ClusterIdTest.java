package io.dynaload.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIdTest {
  @TempDir private Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("job-flow.json"), text);
  }

  @Test
  void standsInTheFileThatEmrPutsOnEveryNode() throws Exception {
    assertThat(ClusterId.in(file("{\"jobFlowId\":\"j-1ABC\",\"jobFlowCreationInstant\":1}")))
        .contains("j-1ABC");
  }

  @Test
  void isWhatTheProcessWasTold() {
    assertThat(ClusterId.told("j-2DEF")).contains("j-2DEF");
    assertThat(ClusterId.told("")).isEmpty();
    assertThat(ClusterId.told(null)).isEmpty();
  }

  @Test
  void isNotThereElsewhere() throws Exception {
    assertThat(ClusterId.in(folder.resolve("nowhere"))).isEmpty();
    assertThat(ClusterId.in(file("{}"))).isEmpty();
    assertThat(ClusterId.in(file("no json"))).isEmpty();
  }
}
