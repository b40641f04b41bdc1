package io.dynaload.aws;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;

/**
 * Makes clients, credentials and addresses as an {@link AwsConfig} asks for them, in the process
 * that uses them. What it makes is thread-safe and belongs to the caller, who closes it. What the
 * section leaves open, the SDK's environment variables, system properties and profiles say.
 *
 * <p>An endpoint on this machine (127.0.0.1, localhost) is taken to be DynamoDB Local, so nothing
 * need be configured for it: without a region it is us-east-1, without credentials they are a
 * constant pair. For such an endpoint the EC2 instance is never asked, which elsewhere than on EC2
 * would wait for an answer.
 */
public final class AwsClients {
  private static final Region LOCAL_REGION = Region.US_EAST_1;

  private AwsClients() {}

  /**
   * A client for what is not the hot path. It retries throttles and failed connections, up to three
   * attempts of ten seconds. Closing it closes its credentials too.
   *
   * @throws ImportException (CONFIGURATION) if no region can be found
   */
  public static DynamoDbClient dynamoDb(AwsConfig config) {
    return DynamoDbClient.builder()
        .region(region(config))
        .endpointOverride(dynamoDbEndpoint(config))
        .credentialsProvider(credentials(config))
        .httpClientBuilder(httpClient())
        .overrideConfiguration(
            o ->
                o.retryStrategy(RetryMode.STANDARD)
                    .apiCallAttemptTimeout(Duration.ofSeconds(10))
                    .apiCallTimeout(Duration.ofSeconds(35)))
        .build();
  }

  /**
   * The credentials to sign with: those of the section's role, renewed before they expire, or of
   * the SDK's default chain. Finds them when first asked, and then throws what the SDK throws if
   * there are none.
   *
   * <p>Close it when it is no longer used, if it is {@link AutoCloseable}; an SDK client that was
   * given it does so when it is closed.
   */
  public static AwsCredentialsProvider credentials(AwsConfig config) {
    boolean local = isLocal(config);
    return credentials(config, local);
  }

  static AwsCredentialsProvider credentials(AwsConfig config, boolean local) {
    AwsCredentialsProvider own =
        config.profile() == null
            ? Credentials.ownOf(local)
            : ProfileCredentialsProvider.create(config.profile());
    return config.roleArn() == null
        ? own
        : RoleCredentials.of(config.roleArn(), config.externalId(), region(config, local), own);
  }

  /**
   * The region to sign for.
   *
   * @throws ImportException (CONFIGURATION) if no region can be found
   */
  public static Region region(AwsConfig config) {
    return config.region() == null ? region(config, isLocal(config)) : Region.of(config.region());
  }

  static Region region(AwsConfig config, boolean local) {
    if (config.region() != null) {
      return Region.of(config.region());
    }
    AwsRegionProvider chain =
        local
            ? new AwsRegionProviderChain(new SystemSettingsRegionProvider(), ofProfile(config))
            : config.profile() == null
                ? DefaultAwsRegionProviderChain.builder().build()
                : new AwsRegionProviderChain(
                    ofProfile(config), DefaultAwsRegionProviderChain.builder().build());
    try {
      return chain.getRegion();
    } catch (SdkClientException e) {
      if (local) {
        return LOCAL_REGION;
      }
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "no AWS region is given",
          "Set sink.region in the file (or region in the section concerned), or AWS_REGION in the"
              + " environment; for example us-west-2.",
          e);
    }
  }

  private static AwsRegionProvider ofProfile(AwsConfig config) {
    return config.profile() == null
        ? new AwsProfileRegionProvider()
        : new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, config.profile());
  }

  /**
   * Where DynamoDB answers: the section's endpoint, or what the SDK's own settings override it
   * with, or the region's address (of any partition; FIPS and dual-stack as the environment asks).
   *
   * @throws ImportException (CONFIGURATION) if no region can be found
   */
  public static URI dynamoDbEndpoint(AwsConfig config) {
    Optional<URI> override = endpointOverride(config);
    return override.orElseGet(() -> regionalEndpoint(region(config)));
  }

  private static URI regionalEndpoint(Region region) {
    return DynamoDbEndpointProvider.defaultProvider()
        .resolveEndpoint(
            params ->
                params
                    .region(region)
                    .useFips(isOn(SdkSystemSetting.AWS_USE_FIPS_ENDPOINT))
                    .useDualStack(isOn(SdkSystemSetting.AWS_USE_DUALSTACK_ENDPOINT)))
        .join()
        .url();
  }

  private static boolean isOn(SdkSystemSetting setting) {
    return setting.getBooleanValue().orElse(false);
  }

  private static boolean isLocal(AwsConfig config) {
    return endpointOverride(config).map(AwsConfig::isLoopback).orElse(false);
  }

  private static Optional<URI> endpointOverride(AwsConfig config) {
    if (config.endpoint() != null) {
      return Optional.of(URI.create(config.endpoint()));
    }
    // Only a client tells what the environment, the system properties and the profile override.
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .region(LOCAL_REGION)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClientBuilder(httpClient())
            .build()) {
      return client.serviceClientConfiguration().endpointOverride();
    }
  }

  static SdkHttpClient.Builder<?> httpClient() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(3))
        .socketTimeout(Duration.ofSeconds(10));
  }
}
