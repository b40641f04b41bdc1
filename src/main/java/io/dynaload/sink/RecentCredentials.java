package io.dynaload.sink;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.IoUtils;

/**
 * Asks a provider at most once a second, because asking the SDK's default chain costs as much as a
 * good part of a call. The provider renews its credentials long before they expire. Not
 * thread-safe.
 */
final class RecentCredentials implements AutoCloseable {
  private static final Duration KEPT = Duration.ofSeconds(1);

  private final AwsCredentialsProvider provider;
  private @Nullable AwsCredentials recent;
  private Instant resolvedAt = Instant.MIN;

  RecentCredentials(AwsCredentialsProvider provider) {
    this.provider = provider;
  }

  /** The credentials to sign with now; throws what the provider throws. */
  AwsCredentials resolve(Instant now) {
    AwsCredentials known = recent;
    if (known == null || now.isAfter(resolvedAt.plus(KEPT)) || now.isBefore(resolvedAt)) {
      known = provider.resolveCredentials();
      recent = known;
      resolvedAt = now;
    }
    return known;
  }

  @Override
  public void close() {
    IoUtils.closeIfCloseable(provider, null);
  }
}
