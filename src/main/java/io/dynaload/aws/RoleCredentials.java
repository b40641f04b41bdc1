package io.dynaload.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials of an assumed role, renewed before they expire. Thread-safe. Closing it, more
 * than once if need be, closes its client of STS.
 */
final class RoleCredentials implements AwsCredentialsProvider, SdkAutoCloseable {
  private static final String SESSION_NAME = "dynaload";

  private final StsClient sts;
  private final StsAssumeRoleCredentialsProvider provider;

  private RoleCredentials(StsClient sts, StsAssumeRoleCredentialsProvider provider) {
    this.sts = sts;
    this.provider = provider;
  }

  /** {@code own} signs the call that assumes the role, and is closed with it. */
  static RoleCredentials of(
      String roleArn, @Nullable String externalId, Region region, AwsCredentialsProvider own) {
    StsClient sts =
        StsClient.builder()
            .region(region)
            .credentialsProvider(own)
            .httpClientBuilder(AwsClients.httpClient())
            .build();
    return new RoleCredentials(
        sts,
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .refreshRequest(
                role -> role.roleArn(roleArn).externalId(externalId).roleSessionName(SESSION_NAME))
            .build());
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return provider.resolveCredentials();
  }

  @Override
  public void close() {
    provider.close();
    sts.close();
  }
}
