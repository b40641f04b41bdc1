package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
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
  void aConnectionThatBrokeOrNeverStoodIsNoTimeout() {
    assertThat(Timeouts.isTimeout(new SQLException("Connection closed"))).isFalse();
    assertThat(Timeouts.isTimeout(new RuntimeException(new ConnectException("refused")))).isFalse();
    assertThat(
            Timeouts.isTimeout(new SQLException(new SocketTimeoutException("connect timed out"))))
        .isFalse();
  }
}
