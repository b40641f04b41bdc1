package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.wire.Failure;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "OVERWRITE, dynamodb:BatchWriteItem",
    "INSERT_ONLY, dynamodb:PutItem and dynamodb:DeleteItem"
  })
  void whoeverIsDeniedIsToldWhatTheWriteModeCalls(WriteMode mode, String actions) {
    DynamoDbSinkConfig some = TestConfig.of("readings", "http://127.0.0.1:1");
    WriteConfig writing =
        new WriteConfig(8, Duration.ofMinutes(15), new WriteModeConfig(mode, null));
    TargetErrors errors =
        new TargetErrors(
            new DynamoDbSinkConfig(some.table(), some.aws(), some.capacity(), writing, null));

    Failure denied = Failure.answered(400, "AccessDeniedException", "");
    assertThat(errors.failed(denied).remedy())
        .contains("Allow dynamodb:DescribeTable and " + actions + " on the table");
  }
}
