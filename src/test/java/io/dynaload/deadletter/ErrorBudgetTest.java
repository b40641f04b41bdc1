package io.dynaload.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBudgetTest {
  @ParameterizedTest
  @CsvSource({
    "0,       0,    5000, false",
    "0,       1,       1, true",
    "100,   100,     100, false",
    "100,   101, 1000000, true",
    "0.1%,    1,     999, false",
    "0.1%,    1,    1000, false",
    "0.1%,    2,    1000, true",
    "0.1%,    2,    2000, false",
    "0.1%,  999,     999, false",
    "0%,      1,     999, false",
    "0%,      1,    1000, true",
    "100%, 5000,    5000, false",
    "0.000000001%, 1, 100000000000, false",
  })
  void isSpentByOneItemMoreThanItSays(String text, long rejected, long seen, boolean spent) {
    assertThat(ErrorBudget.parse(text).isSpent(rejected, seen)).isEqualTo(spent);
  }

  @Test
  void atTheEndEveryPartIsJudged() {
    assertThat(ErrorBudget.parse("0.1%").isSpentAtEnd(1, 999)).isTrue();
    assertThat(ErrorBudget.parse("50%").isSpentAtEnd(2, 4)).isFalse();
    assertThat(ErrorBudget.parse("0%").isSpentAtEnd(0, 0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "100", "0.1%", "100%"})
  void isShownAsItStandsInAFile(String text) {
    assertThat(ErrorBudget.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "some", "%", "101%", "1e3", "-1%", "0x1", "1 000"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> ErrorBudget.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("is ");
  }
}
