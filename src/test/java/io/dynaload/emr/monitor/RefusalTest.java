package io.dynaload.emr.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.error.ErrorCode;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.emr.model.EmrException;

class RefusalTest {
  private static Refusal of(int status, String code) {
    return Refusal.of(
        EmrException.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build());
  }

  @Test
  void tellsByTheErrorsCodeWhatStandsBehindOneStatus() {
    assertThat(of(400, "ThrottlingException")).isEqualTo(Refusal.THROTTLED);
    assertThat(of(400, "ExpiredTokenException")).isEqualTo(Refusal.CREDENTIALS);
    assertThat(of(400, "UnrecognizedClientException")).isEqualTo(Refusal.CREDENTIALS);
    assertThat(of(400, "AccessDeniedException")).isEqualTo(Refusal.DENIED);
    assertThat(of(403, "Forbidden")).isEqualTo(Refusal.DENIED);
    assertThat(of(400, "ValidationException")).isEqualTo(Refusal.MISTAKE);
    assertThat(of(500, "InternalServerError")).isEqualTo(Refusal.UNREACHED);
    assertThat(Refusal.of(SdkClientException.create("no network"))).isEqualTo(Refusal.UNREACHED);
    assertThat(Refusal.of(null)).isEqualTo(Refusal.UNREACHED);
  }

  @Test
  void onlyWhatTheUserCanMendInTheCommandIsTheUsersMistake() {
    assertThat(Refusal.DENIED.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(Refusal.MISTAKE.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(Refusal.THROTTLED.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(Refusal.CREDENTIALS.code()).isEqualTo(ErrorCode.INTERNAL);
  }
}
