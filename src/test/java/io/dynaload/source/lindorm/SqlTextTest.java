package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = 1",
        "(a = 1) OR (b = ')')",
        "name = 'it''s; -- all /* text */ ? #'",
        "`odd?name` > 3 AND \"x;y\" < 4",
        "a - -1 > 0"
      })
  void aConditionIsTakenAsItStands(String text) {
    assertThat(SqlText.condition(" " + text + " ")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~  ~ | is empty",
        "a = 1) OR (b = 2 | has parentheses that do not match",
        "(a = 1 | has parentheses that do not match",
        "a = 'x | has a quote that is not closed: ' at character 5",
        "a = 1; DELETE FROM t | holds a semicolon; a single statement is sent",
        "a = 1 -- b | holds a comment, which could hide what follows it; leave it out",
        "a = 1 /* b | holds a comment, which could hide what follows it; leave it out",
        "a = 1 # b | holds a comment, which could hide what follows it; leave it out",
        "a = ? | holds a ?, which would be taken for a parameter"
      })
  void aConditionThatWouldChangeTheStatementIsRefused(String text, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlText.condition(text))
        .withMessage(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a = 'x\\' OR b = '", "a = 'x\\''"})
  void aBackslashThatServersReadDifferentlyIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlText.condition(text))
        .withMessageStartingWith("has a backslash before a quote");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT a FROM t", "select /*+ _l_allow_filtering_ */ a from t where (b = 1)"})
  void aSelectMayHaveHints(String text) {
    assertThat(SqlText.select(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM t | is not a SELECT",
        "SELECTED FROM t | is not a SELECT",
        "SELECT a FROM t; | holds a semicolon; a single statement is sent",
        "SELECT a /* FROM t | has a comment that is not closed"
      })
  void whatIsNotOneSelectIsRefused(String text, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlText.select(text))
        .withMessage(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT a FROM t order  by a LIMIT 1 | true",
        "SELECT 'order by' FROM t | false",
        "SELECT a /* order by a */ FROM t | false",
        "SELECT row_number() OVER (ORDER BY a) FROM t | false",
        "SELECT a FROM (SELECT a FROM t ORDER BY a LIMIT 5) s | false",
        "(SELECT a FROM t) ORDER BY a | true",
        "SELECT max(b) OVER (PARTITION BY c ORDER BY a) FROM t ORDER BY (a + 1) | true"
      })
  void anOrderIsSeenWhereItIsOne(String text, boolean ordered) {
    assertThat(SqlText.isOrdered(text)).isEqualTo(ordered);
  }
}
