package io.dynaload.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

class NeedsMariaDbTest {
  @Test
  void whereItIsInstalledTheTestRuns() {
    assertThat(NeedsMariaDb.Condition.decide("ThingsITCase", true, false).isDisabled()).isFalse();
    assertThat(NeedsMariaDb.Condition.decide("ThingsITCase", true, true).isDisabled()).isFalse();
  }

  @Test
  void whereItIsMissingASkipIsLoudAndSaysWhatToInstall() {
    PrintStream stdout = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    ConditionEvaluationResult result;
    try {
      result = NeedsMariaDb.Condition.decide("ThingsITCase", false, false);
    } finally {
      System.setOut(stdout);
    }
    assertThat(result.isDisabled()).isTrue();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("SKIPPED: ThingsITCase needs MariaDB: apt-get install mariadb-server");
  }

  @Test
  void whereNothingMayBeSkippedItFails() {
    assertThatThrownBy(() -> NeedsMariaDb.Condition.decide("ThingsITCase", false, true))
        .hasMessageContaining("apt-get install mariadb-server");
  }
}
