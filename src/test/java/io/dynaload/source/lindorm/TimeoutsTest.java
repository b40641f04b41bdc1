package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeoutsTest {
  @Test
  void aStatementThatTookTooLongIsToldByWhateverSaysSo() {
    assertThat(Timeouts.isTimeout(new SQLException("Operation Timeout after 120000 ms"))).isTrue();
    assertThat(Timeouts.isTimeout(new RuntimeException(new SQLException("call timed out"))))
        .isTrue();
    assertThat(
            Timeouts.isTimeout(new SQLException("Query execution was interrupted", "HY000", 3024)))
        .isTrue();
    assertThat(
            Timeouts.isTimeout(
                new RuntimeException(new RuntimeException(new SocketTimeoutException()))))
        .isTrue();
  }

  @Test
  void whatTheMessageQuotesIsNoTimeout() {
    for (String message :
        List.of(
            "Error -1 (42000) : while preparing SQL: SELECT /*+ _l_operation_timeout_(5000) */ `a`"
                + " FROM `t`",
            "while preparing SQL: SELECT `a` FROM `t` WHERE (b = 1\n AND timeout = 2)",
            "Column timeout_s not found",
            "Table things.timeouts not found",
            "Table \"timeouts\" not found",
            "Table 'things.timeout' doesn't exist",
            "You have an error in your SQL syntax near '/*+ _l_operation_timeout_(5) */ a FROM"
                + " timeout' at line 1")) {
      assertThat(Timeouts.isTimeout(new SQLException(message))).as(message).isFalse();
    }
    for (String message :
        List.of(
            "Table 't': operation timeout",
            "QUERY_TIMEOUT: gave up",
            "Statement time-out",
            "org.example.CallTimeoutException: after 5 ms")) {
      assertThat(Timeouts.isTimeout(new SQLException(message))).as(message).isTrue();
    }
  }

  @Test
  void aConnectionThatBrokeOrNeverStoodIsNoTimeout() {
    assertThat(Timeouts.isTimeout(new SQLException("Connection closed"))).isFalse();
    assertThat(Timeouts.isTimeout(new RuntimeException(new ConnectException("refused")))).isFalse();
    assertThat(
            Timeouts.isTimeout(new SQLException(new SocketTimeoutException("connect timed out"))))
        .isFalse();
  }
}
