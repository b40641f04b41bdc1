package io.dynaload.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.IoUtils;

/**
 * The credentials to sign with. A provider may ask STS or the instance for them, which may take
 * long or fail, so it is asked in a thread of its own: those at hand are used until they expire,
 * and only whoever comes later waits. It is asked at most once a second, because asking the SDK's
 * default chain costs as much as a good part of a call. Thread-safe.
 */
final class RecentCredentials implements AutoCloseable {
  private static final Duration KEPT = Duration.ofSeconds(1);

  /** For how long credentials that name no end are used without the provider's word. */
  private static final Duration UNCONFIRMED = Duration.ofMinutes(1);

  private final AwsCredentialsProvider provider;
  private final ExecutorService renewals =
      Executors.newSingleThreadExecutor(
          renewal -> {
            Thread thread = new Thread(renewal, "dynaload-credentials");
            thread.setDaemon(true);
            return thread;
          });

  private Instant askedAt = Instant.MIN;
  private Instant usableUntil = Instant.MIN;
  private @Nullable CompletableFuture<AwsCredentials> recent;
  private @Nullable CompletableFuture<AwsCredentials> renewal;

  RecentCredentials(AwsCredentialsProvider provider) {
    this.provider = provider;
  }

  /** The credentials to sign with now, or what the provider threw. Returns at once. */
  synchronized CompletableFuture<AwsCredentials> at(Instant now) {
    CompletableFuture<AwsCredentials> known = now.isBefore(usableUntil) ? recent : null;
    if (known != null && !now.isBefore(askedAt) && now.isBefore(askedAt.plus(KEPT))) {
      return known;
    }
    CompletableFuture<AwsCredentials> renewed = renewal == null ? renew(now) : renewal;
    return known == null ? renewed : known;
  }

  /**
   * What there is in the place of credentials that the service refused: the provider's word of now,
   * which may be the same. Returns at once.
   */
  synchronized CompletableFuture<AwsCredentials> insteadOf(AwsCredentials refused, Instant now) {
    CompletableFuture<AwsCredentials> known = recent;
    if (known != null && !refused.equals(known.join())) {
      return known;
    }
    return renewal == null ? renew(now) : renewal;
  }

  /** Whether the provider has ever had any. */
  synchronized boolean wereThere() {
    return recent != null;
  }

  private CompletableFuture<AwsCredentials> renew(Instant now) {
    CompletableFuture<AwsCredentials> renewed = new CompletableFuture<>();
    renewal = renewed;
    askedAt = now;
    renewals.execute(() -> resolve(now, renewed));
    return renewed;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever it is, those who wait must learn of it
  private void resolve(Instant now, CompletableFuture<AwsCredentials> renewed) {
    try {
      AwsCredentials resolved = provider.resolveCredentials();
      renewed(now, resolved);
      renewed.complete(resolved);
    } catch (Throwable thrown) {
      failed();
      renewed.completeExceptionally(thrown);
    }
  }

  private synchronized void renewed(Instant now, AwsCredentials resolved) {
    renewal = null;
    recent = CompletableFuture.completedFuture(resolved);
    usableUntil = resolved.expirationTime().orElse(now.plus(UNCONFIRMED));
  }

  private synchronized void failed() {
    renewal = null;
  }

  @Override
  public void close() {
    renewals.shutdownNow();
    IoUtils.closeIfCloseable(provider, null);
  }
}
