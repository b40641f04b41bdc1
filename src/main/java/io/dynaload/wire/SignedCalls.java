package io.dynaload.wire;

import io.dynaload.wire.http.HttpAnswer;
import io.dynaload.wire.http.HttpConnections;
import io.netty.handler.codec.http.FullHttpRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Calls of DynamoDB by their bytes, signed and sent over kept connections, without the SDK's
 * marshalling. A call never waits for its credentials: it begins in the caller's thread if they are
 * at hand, and else in the one that fetches them; answers come from the one that serves the
 * connections. Each call is answered exactly once and sent at most once. Thread-safe.
 */
public final class SignedCalls implements AutoCloseable {
  private static final String TARGET = "DynamoDB_20120810.";

  private final RecentCredentials credentials;
  private final HttpConnections connections;
  private final ServiceClock clock = new ServiceClock(Clock.systemUTC());
  private final RequestSigner signer;

  /** Where to send to, and the region to sign for. */
  public record Address(URI endpoint, String region) {}

  /** Takes a call's outcome; called once, by any thread. */
  public interface Receiver {
    /**
     * An answer that arrived as it was sent.
     *
     * @param status of HTTP
     */
    void answered(int status, byte[] body, Judge judge);

    /** There is no answer, or one that was damaged on its way. */
    void failed(Failure failure);
  }

  /** Sees to it that no run ends for what signing anew would mend. */
  public interface Judge {
    /**
     * Passes on the same failure, to be tried again if it came of this machine's clock, which has
     * been set by the service's meanwhile, or of credentials in whose place there are others now.
     * Returns at once; the provider may have to be asked first.
     */
    void judge(Failure failure, Consumer<Failure> whenJudged);
  }

  /** Takes over the connections and the credentials, and closes them. */
  public SignedCalls(
      Address address, AwsCredentialsProvider credentials, HttpConnections connections) {
    this.credentials = new RecentCredentials(credentials);
    this.connections = connections;
    this.signer = new RequestSigner(address.endpoint(), address.region());
  }

  /**
   * Calls an operation.
   *
   * @param operation as the API names it
   * @param body JSON
   */
  public void call(String operation, byte[] body, Receiver receiver) {
    CompletableFuture<AwsCredentials> unused =
        credentials
            .at(clock.instant())
            .whenComplete(
                (identity, thrown) -> {
                  if (thrown == null) {
                    send(operation, body, identity, receiver);
                  } else {
                    receiver.failed(Failure.unsigned(thrown, credentials.wereThere()));
                  }
                });
  }

  /** Answers whatever happens: a call without an answer would be waited for in vain. */
  private void send(String operation, byte[] body, AwsCredentials identity, Receiver receiver) {
    Instant signedAt = clock.instant();
    FullHttpRequest request;
    try {
      request = signer.sign(TARGET + operation, body, identity, signedAt);
    } catch (RuntimeException e) {
      receiver.failed(Failure.unanswered(e));
      return;
    }
    Signed signed = new Signed(identity, signedAt);
    connections.send(request, answer -> pass(answer, signed, receiver));
  }

  /** By whom and when a call was signed. */
  private record Signed(AwsCredentials identity, Instant at) {}

  private void pass(HttpAnswer http, Signed signed, Receiver receiver) {
    Throwable thrown = http.thrown();
    if (thrown != null) {
      receiver.failed(Failure.unanswered(thrown));
    } else if (!http.isIntact()) {
      receiver.failed(Failure.garbled("an answer that differs from its CRC32"));
    } else {
      receiver.answered(
          http.status(),
          http.body(),
          (failure, whenJudged) -> judge(failure, http.date(), signed, whenJudged));
    }
  }

  private void judge(Failure failure, String date, Signed signed, Consumer<Failure> whenJudged) {
    if (clock.learn(failure.code(), date, signed.at())) {
      whenJudged.accept(failure.retryable());
    } else if (failure.isOfCredentials()) {
      refused(failure, signed.identity(), whenJudged);
    } else {
      whenJudged.accept(failure);
    }
  }

  /**
   * Credentials may be replaced while a call is on its way, or before their time; a call that was
   * signed with those of before is worth signing anew. If there are no others, that is final.
   */
  private void refused(Failure failure, AwsCredentials identity, Consumer<Failure> whenJudged) {
    CompletableFuture<AwsCredentials> unused =
        credentials
            .insteadOf(identity, clock.instant())
            .whenComplete(
                (now, thrown) -> {
                  if (thrown != null) {
                    whenJudged.accept(Failure.unsigned(thrown, credentials.wereThere()));
                  } else {
                    whenJudged.accept(now.equals(identity) ? failure : failure.retryable());
                  }
                });
  }

  @Override
  public void close() {
    connections.close();
    credentials.close();
  }
}
