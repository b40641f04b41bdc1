package io.dynaload.aws;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;

/** The credentials that this process has by itself, before it assumes any role. */
final class Credentials {
  /**
   * DynamoDB Local takes any pair of letters and digits. Without {@code -sharedDb} it keeps tables
   * apart by them, so they never change.
   */
  private static final AwsBasicCredentials LOCAL =
      AwsBasicCredentials.create("dynaload", "dynaload");

  private Credentials() {}

  /** The SDK's default chain; for a local endpoint without EC2's metadata, and never empty. */
  static AwsCredentialsProvider ownOf(boolean local) {
    if (!local) {
      return DefaultCredentialsProvider.builder().build();
    }
    return AwsCredentialsProviderChain.of(
        SystemPropertyCredentialsProvider.create(),
        EnvironmentVariableCredentialsProvider.create(),
        WebIdentityTokenFileCredentialsProvider.create(),
        ProfileCredentialsProvider.create(),
        ContainerCredentialsProvider.create(),
        StaticCredentialsProvider.create(LOCAL));
  }
}
