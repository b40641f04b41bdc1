package io.dynaload.sink;

import io.dynaload.item.Item;
import io.dynaload.sink.http.HttpAnswer;
import io.dynaload.sink.http.HttpConnections;
import io.netty.handler.codec.http.FullHttpRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Calls of one {@link WireFormat} over HTTP: bodies spliced from bytes, without the SDK's
 * marshalling. A call never waits for its credentials: it begins in the caller's thread if they are
 * at hand, and else in the one that fetches them; answers come from the one that serves the
 * connections.
 */
final class HttpBatchService implements BatchService {
  private static final String TARGET = "DynamoDB_20120810.";

  private final RecentCredentials credentials;
  private final HttpConnections connections;
  private final WireFormat format;
  private final ServiceClock clock = new ServiceClock(Clock.systemUTC());
  private final RequestSigner signer;

  /** Where to send to, and the region to sign for. */
  record Address(URI endpoint, String region) {}

  /** Takes over the connections and the credentials, and closes them. */
  HttpBatchService(
      Address address,
      AwsCredentialsProvider credentials,
      HttpConnections connections,
      WireFormat format) {
    this.credentials = new RecentCredentials(credentials);
    this.connections = connections;
    this.format = format;
    this.signer = new RequestSigner(address.endpoint(), address.region());
  }

  @Override
  public void call(List<Item> items, Consumer<Answer> whenAnswered) {
    WireFormat.Message message;
    try {
      message = format.message(items);
    } catch (RefusedItemException e) {
      whenAnswered.accept(new Answer.Failed(e.failure()));
      return;
    }
    credentials
        .at(clock.instant())
        .whenComplete(
            (identity, thrown) -> {
              if (thrown == null) {
                send(items, message, identity, whenAnswered);
              } else {
                whenAnswered.accept(
                    new Answer.Failed(Failure.unsigned(thrown, credentials.wereThere())));
              }
            });
  }

  /** Answers whatever happens: a call without an answer would be waited for in vain. */
  private void send(
      List<Item> items,
      WireFormat.Message message,
      AwsCredentials identity,
      Consumer<Answer> whenAnswered) {
    Instant signedAt = clock.instant();
    FullHttpRequest request;
    try {
      request = signer.sign(TARGET + message.operation(), message.body(), identity, signedAt);
    } catch (RuntimeException e) {
      whenAnswered.accept(new Answer.Failed(Failure.unanswered(e)));
      return;
    }
    connections.send(request, answer -> whenAnswered.accept(interpret(items, answer, signedAt)));
  }

  private Answer interpret(List<Item> items, HttpAnswer answer, Instant signedAt) {
    try {
      return read(items, answer, signedAt);
    } catch (RuntimeException e) {
      return new Answer.Failed(Failure.unanswered(e));
    }
  }

  private Answer read(List<Item> items, HttpAnswer http, Instant signedAt) {
    if (http.thrown() != null) {
      return new Answer.Failed(Failure.unanswered(http.thrown()));
    }
    if (!http.isIntact()) {
      return new Answer.Failed(Failure.garbled("an answer that differs from its CRC32"));
    }
    Answer answer = format.read(items, http.status(), http.body());
    if (answer instanceof Answer.Failed failed
        && clock.learn(failed.failure().code(), http.date(), signedAt)) {
      return new Answer.Failed(failed.failure().retryable());
    }
    return answer;
  }

  @Override
  public void close() {
    connections.close();
    credentials.close();
  }
}
