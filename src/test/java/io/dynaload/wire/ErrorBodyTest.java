package io.dynaload.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBodyTest {
  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException, THROTTLED",
    "400, ThrottlingException, THROTTLED",
    "400, RequestLimitExceeded, THROTTLED",
    "429, SomethingNew, THROTTLED",
    "400, ValidationException, INVALID",
    "400, ItemCollectionSizeLimitExceededException, INVALID",
    "500, InternalServerError, RETRYABLE",
    "503, ServiceUnavailable, RETRYABLE",
    "400, RequestTimeoutException, RETRYABLE",
    "400, IDPCommunicationError, RETRYABLE",
    "400, ResourceNotFoundException, FATAL",
    "400, AccessDeniedException, FATAL",
    "400, UnrecognizedClientException, FATAL",
    "400, InvalidSignatureException, FATAL",
    "400, ExpiredTokenException, FATAL"
  })
  void errorsAreClassified(int status, String code, Failure.Kind kind) {
    String body =
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"m\"}";

    assertThat(ErrorBody.read(status, body.getBytes(UTF_8)))
        .isEqualTo(new Failure(kind, code, "m", null));
  }

  /** 408: a connection that was idle for too long, closed while a call was on its way. */
  @ParameterizedTest
  @CsvSource({"502, RETRYABLE", "408, RETRYABLE", "403, FATAL"})
  void anErrorThatIsNotTheServicesIsClassifiedByItsStatus(int status, Failure.Kind kind) {
    assertThat(ErrorBody.read(status, "<html>".getBytes(UTF_8)))
        .isEqualTo(new Failure(kind, "HTTP " + status, "", null));
  }

  @Test
  void theMessageLosesAnItemsValue() {
    String body =
        "{\"__type\":\"x#ValidationException\",\"Message\":\"The parameter cannot be converted to a"
            + " numeric value: my-secret\"}";

    assertThat(ErrorBody.read(400, body.getBytes(UTF_8)).message())
        .isEqualTo("The parameter cannot be converted to a numeric value");
  }
}
