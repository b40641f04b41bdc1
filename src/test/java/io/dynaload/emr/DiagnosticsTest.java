package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiagnosticsTest {
  @Test
  void leavesTheStackTraceOut() {
    String said =
        """
        Application application_1_0001 failed 1 times due to AM Container exited with  exitCode: 143
        Failing this attempt.

        java.lang.IllegalStateException: no room
        \tat org.apache.flink.A.b(A.java:1)
        \t... 12 more
        """;

    assertThat(Diagnostics.brief(said))
        .isEqualTo(
            """
            Application application_1_0001 failed 1 times due to AM Container exited with  exitCode: 143
            Failing this attempt.
            java.lang.IllegalStateException: no room\
            """);
  }

  @Test
  void cutsWhatFillsTheScreen() {
    assertThat(Diagnostics.brief("line\n".repeat(50)).lines()).hasSize(6);
    assertThat(Diagnostics.brief("x".repeat(5_000))).hasSize(1_001).endsWith("…");
  }
}
