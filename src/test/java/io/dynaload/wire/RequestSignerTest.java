package io.dynaload.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

class RequestSignerTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.250Z");
  private static final String BATCH = "DynamoDB_20120810.BatchWriteItem";
  private static final AwsCredentials LASTING =
      AwsBasicCredentials.create("AKIDEXAMPLE", "wJalr+/x");

  private final AwsV4HttpSigner sdk = AwsV4HttpSigner.create();

  private SdkHttpRequest bySdk(
      URI endpoint, String target, byte[] body, AwsCredentials identity, Instant at) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(endpoint)
            .encodedPath("/")
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("X-Amz-Target", target)
            .putHeader("Content-Length", Integer.toString(body.length))
            .build();
    return sdk.sign(
            sign ->
                sign.identity(identity)
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-west-2")
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
        .request();
  }

  private void assertSame(
      RequestSigner signer, URI endpoint, byte[] body, AwsCredentials identity, Instant at) {
    FullHttpRequest ours = signer.sign(BATCH, body, identity, at);
    SdkHttpRequest theirs = bySdk(endpoint, BATCH, body, identity, at);
    assertThat(headers(ours)).isEqualTo(lowerCased(theirs.headers()));
    assertThat(ours.uri()).isEqualTo(theirs.encodedPath());
    assertThat(ours.method().name()).isEqualTo(theirs.method().name());
    assertThat(ByteBufUtil.getBytes(ours.content())).isEqualTo(body);
  }

  private static Map<String, List<String>> headers(FullHttpRequest request) {
    return request.headers().names().stream()
        .collect(Collectors.toMap(name -> name, request.headers()::getAll));
  }

  private static Map<String, List<String>> lowerCased(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .collect(
            Collectors.toMap(
                header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://dynamodb.us-west-2.amazonaws.com",
        "https://dynamodb.us-west-2.amazonaws.com:443",
        "http://127.0.0.1:8000",
        "http://localhost",
        "http://localhost:80",
        "https://vpce-1.dynamodb.us-west-2.vpce.amazonaws.com:8443/"
      })
  void aRequestIsSignedAsTheSdkSignsIt(String endpoint) {
    URI uri = URI.create(endpoint);
    RequestSigner signer = new RequestSigner(uri, "us-west-2");
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20; i++) {
      byte[] body = new byte[random.nextInt(3000)];
      random.nextBytes(body);
      assertSame(signer, uri, body, LASTING, NOON.plusSeconds(random.nextInt(100_000)));
    }
  }

  @Test
  void aSessionsTokenIsSigned() {
    URI uri = URI.create("http://127.0.0.1:8000");
    AwsCredentials session = AwsSessionCredentials.create("ASIAX", "secret", "to/ken+==");
    assertSame(new RequestSigner(uri, "us-west-2"), uri, new byte[3], session, NOON);
  }

  @Test
  void otherCredentialsAndAnotherDayAreSignedWithAnotherKey() {
    URI uri = URI.create("http://127.0.0.1:8000");
    RequestSigner signer = new RequestSigner(uri, "us-west-2");
    AwsCredentials others = AwsBasicCredentials.create("AKIDEXAMPLE", "another");
    Instant lastSecond = Instant.parse("2026-12-31T23:59:59.999Z");
    for (AwsCredentials identity : new AwsCredentials[] {LASTING, others, LASTING}) {
      assertSame(signer, uri, new byte[1], identity, lastSecond);
      assertSame(signer, uri, new byte[1], identity, lastSecond.plusMillis(1));
    }
  }

  @Test
  void blanksAroundACredentialAreDropped() {
    URI uri = URI.create("http://127.0.0.1:8000");
    AwsCredentials padded = AwsSessionCredentials.create(" ASIAX ", " secret\n", " token ");
    assertSame(new RequestSigner(uri, "us-west-2"), uri, new byte[1], padded, NOON);
  }
}
