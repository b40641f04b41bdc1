package io.dynaload.aws;

import io.dynaload.error.ImportException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.emr.EmrClient;

/**
 * Makes the clients with which an import is published and watched, as {@link AwsClients} makes
 * those of DynamoDB. An endpoint comes from the SDK's environment alone: {@code
 * AWS_ENDPOINT_URL_CLOUDWATCH}, {@code AWS_ENDPOINT_URL_EMR}, {@code AWS_ENDPOINT_URL}. One on this
 * machine needs neither a region nor credentials.
 */
public final class WatchClients {
  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  private WatchClients() {}

  /**
   * A client to read metrics with: up to three attempts of ten seconds.
   *
   * @throws ImportException (CONFIGURATION) if no region can be found
   */
  public static CloudWatchClient cloudWatch(AwsConfig config) {
    return configured(CloudWatchClient::builder, config)
        .overrideConfiguration(WatchClients::patient)
        .build();
  }

  /**
   * A client to publish metrics with: one attempt, which takes no longer than this.
   *
   * @throws ImportException (CONFIGURATION) if no region can be found
   */
  public static CloudWatchClient publishing(AwsConfig config, Duration atMost) {
    return configured(CloudWatchClient::builder, config)
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(atMost).socketTimeout(atMost))
        .overrideConfiguration(
            o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(atMost))
        .build();
  }

  /**
   * A client of EMR: up to three attempts of ten seconds.
   *
   * @throws ImportException (CONFIGURATION) if no region can be found
   */
  public static EmrClient emr(AwsConfig config) {
    return configured(EmrClient::builder, config)
        .overrideConfiguration(WatchClients::patient)
        .build();
  }

  private static void patient(ClientOverrideConfiguration.Builder calls) {
    calls
        .retryStrategy(RetryMode.STANDARD)
        .apiCallAttemptTimeout(ATTEMPT)
        .apiCallTimeout(ATTEMPT.multipliedBy(3).plusSeconds(5));
  }

  private static <
          B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient>
      B configured(Supplier<B> builders, AwsConfig config) {
    boolean local = isLocal(builders);
    return builders
        .get()
        .region(AwsClients.region(config, local))
        .credentialsProvider(AwsClients.credentials(config, local))
        .httpClientBuilder(AwsClients.httpClient());
  }

  private static <
          B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient>
      boolean isLocal(Supplier<B> builders) {
    // Only a client tells what the environment, the system properties and the profile override.
    try (C probe =
        builders
            .get()
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClientBuilder(AwsClients.httpClient())
            .build()) {
      return probe
          .serviceClientConfiguration()
          .endpointOverride()
          .map(AwsConfig::isLoopback)
          .orElse(false);
    }
  }
}
