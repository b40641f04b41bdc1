package io.dynaload.aws;

import io.dynaload.error.ImportException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Makes clients of S3, as {@link AwsClients} makes those of DynamoDB: what the section leaves open,
 * the SDK's environment says, and a server on this machine needs neither a region nor credentials.
 *
 * <p>An endpoint has the bucket in its path, as servers other than S3 expect; without one, a bucket
 * may be in another region than the client.
 */
public final class S3Clients {
  private S3Clients() {}

  /**
   * A client that retries throttles and failed connections, up to three attempts; a body that is
   * cut while it is read is its reader's matter. Closing it closes its credentials too.
   *
   * @throws ImportException (CONFIGURATION) if no region can be found
   */
  public static S3Client of(AwsConfig config) {
    URI endpoint = endpoint(config);
    boolean local = endpoint != null && AwsConfig.isLoopback(endpoint);
    Region region = AwsClients.region(config, local);
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region)
            .credentialsProvider(AwsClients.credentials(config, local))
            .httpClientBuilder(httpClient())
            // What is read has checksums of its own: gzip's, the manifest's, TLS's.
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                o ->
                    o.retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(Duration.ofSeconds(20))
                        .apiCallTimeout(Duration.ofSeconds(65)));
    return endpoint == null
        ? builder.crossRegionAccessEnabled(true).build()
        : builder.endpointOverride(endpoint).forcePathStyle(true).build();
  }

  private static @Nullable URI endpoint(AwsConfig config) {
    if (config.endpoint() != null) {
      return URI.create(config.endpoint());
    }
    // Only a client tells what the environment, the system properties and the profile override.
    try (S3Client client =
        S3Client.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClientBuilder(httpClient())
            .build()) {
      return client.serviceClientConfiguration().endpointOverride().orElse(null);
    }
  }

  private static SdkHttpClient.Builder<?> httpClient() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(3))
        .socketTimeout(Duration.ofSeconds(20));
  }
}
