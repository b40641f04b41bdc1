package io.dynaload.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.faulty.RawHttpServer;
import io.dynaload.faulty.RawHttpServer.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoScalingTest {
  /** Credentials are a constant pair for an endpoint on this machine. */
  private static final AwsConfig CONFIG = new AwsConfig("us-west-2", "http://127.0.0.1:8000", null);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"ScalableTargets\":[{\"MinCapacity\":5,\"MaxCapacity\":40000}]} | true",
        "200 | {\"ScalableTargets\":[]} | false",
        "200 | <html> | false",
        "400 | {\"__type\":\"AccessDeniedException\"} | false",
        "500 | {} | false"
      })
  void onlyATargetThatIsToldOfCounts(int status, String body, boolean changes) throws Exception {
    try (RawHttpServer server = RawHttpServer.start(request -> Reply.of(status, body))) {
      assertThat(AutoScaling.changesWriteCapacity(CONFIG, "readings", server.endpoint()))
          .isEqualTo(changes);
    }
  }

  @Test
  void itAsksForTheTablesWriteCapacity() throws Exception {
    AtomicReference<RawHttpServer.Request> asked = new AtomicReference<>();
    try (RawHttpServer server =
        RawHttpServer.start(
            request -> {
              asked.set(request);
              return Reply.of(200, "{}");
            })) {
      AutoScaling.changesWriteCapacity(CONFIG, "readings", server.endpoint());
    }

    RawHttpServer.Request request = Objects.requireNonNull(asked.get());
    assertThat(new String(request.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"ServiceNamespace\":\"dynamodb\","
                + "\"ScalableDimension\":\"dynamodb:table:WriteCapacityUnits\","
                + "\"ResourceIds\":[\"table/readings\"]}");
    assertThat(request.headers().toString())
        .contains("DescribeScalableTargets", "/us-west-2/application-autoscaling/aws4_request");
  }

  @Test
  void whatCannotBeReachedIsTakenToBeANo() {
    assertThat(
            AutoScaling.changesWriteCapacity(CONFIG, "readings", URI.create("http://127.0.0.1:1")))
        .isFalse();
  }
}
