package io.dynaload.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.IoUtils;

/**
 * Asks Application Auto Scaling, in one call of its own rather than by a client of another 2 MB,
 * whether it changes a table's capacity. What cannot be found out is taken to be a no: no run may
 * fail for it. Blocks, for some seconds at most.
 */
public final class AutoScaling {
  private static final Logger LOG = LoggerFactory.getLogger(AutoScaling.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING";

  private AutoScaling() {}

  /** Whether a table's write capacity is changed by its own consumption. */
  public static boolean changesWriteCapacity(AwsConfig config, String table) {
    try {
      return AwsConfig.isLoopback(AwsClients.dynamoDbEndpoint(config))
          ? false
          : changesWriteCapacity(config, table, endpoint(AwsClients.region(config)));
    } catch (RuntimeException e) {
      LOG.debug("The service's address cannot be told", e);
      return false;
    }
  }

  private static URI endpoint(Region region) {
    return Optional.ofNullable(System.getenv(ENDPOINT_VARIABLE))
        .map(URI::create)
        .orElseGet(
            () ->
                URI.create(
                    "https://application-autoscaling."
                        + region.id()
                        + "."
                        + region.metadata().partition().dnsSuffix()));
  }

  static boolean changesWriteCapacity(AwsConfig config, String table, URI endpoint) {
    AwsCredentialsProvider credentials = AwsClients.credentials(config);
    try (SdkHttpClient client = AwsClients.httpClient().build()) {
      return ask(client, signed(config, table, endpoint, credentials));
    } catch (IOException | SdkException e) {
      LOG.debug("Application Auto Scaling cannot be asked", e);
      return false;
    } finally {
      IoUtils.closeIfCloseable(credentials, null);
    }
  }

  private static boolean ask(SdkHttpClient client, SignedRequest signed) throws IOException {
    HttpExecuteRequest request =
        HttpExecuteRequest.builder()
            .request(signed.request())
            .contentStreamProvider(signed.payload().orElse(null))
            .build();
    HttpExecuteResponse answer = client.prepareRequest(request).call();
    if (!answer.httpResponse().isSuccessful() || answer.responseBody().isEmpty()) {
      LOG.debug("Application Auto Scaling answers {}", answer.httpResponse().statusCode());
      return false;
    }
    try (InputStream body = answer.responseBody().get()) {
      JsonNode targets = JSON.readTree(body).path("ScalableTargets");
      return !targets.isEmpty();
    }
  }

  private static SignedRequest signed(
      AwsConfig config, String table, URI endpoint, AwsCredentialsProvider credentials) {
    byte[] body =
        JSON.createObjectNode()
            .put("ServiceNamespace", "dynamodb")
            .put("ScalableDimension", "dynamodb:table:WriteCapacityUnits")
            .set("ResourceIds", JSON.createArrayNode().add("table/" + table))
            .toString()
            .getBytes(UTF_8);
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(endpoint)
            .encodedPath("/")
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "AnyScaleFrontendService.DescribeScalableTargets")
            .putHeader("Content-Length", Integer.toString(body.length))
            .build();
    return AwsV4HttpSigner.create()
        .sign(
            sign ->
                sign.identity(credentials.resolveCredentials())
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "application-autoscaling")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, AwsClients.region(config).id()));
  }
}
