package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void statesOfTheStatementItselfAreFinal() {
    for (String state : List.of("42S02", "42S22", "42000", "28000")) {
      assertThat(Failures.isRefused(new RuntimeException(new SQLException("no", state))))
          .as(state)
          .isTrue();
    }
  }

  @Test
  void allOthersMayPass() {
    for (String state : List.of("00000", "08S01", "HY000", "HYT00", "40001", "70100", "")) {
      assertThat(Failures.isRefused(new SQLException("no", state))).as(state).isFalse();
    }
    assertThat(Failures.isRefused(new SQLException("no state"))).isFalse();
    assertThat(Failures.isRefused(new IllegalStateException())).isFalse();
  }

  @Test
  void tooManyConnectionsMayPassThoughTheirStateIsThatOfAMistake() {
    assertThat(Failures.isRefused(new SQLException("max_user_connections", "42000", 1203)))
        .isFalse();
    assertThat(Failures.isRefused(new SQLException("max_queries_per_hour", "42000", 1226)))
        .isFalse();
  }
}
