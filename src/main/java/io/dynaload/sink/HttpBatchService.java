package io.dynaload.sink;

import io.dynaload.item.Item;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * Calls of one {@link WireFormat} over HTTP: bodies spliced from bytes, sent by the SDK, without
 * its marshalling. A call never waits for its credentials: it begins in the caller's thread if they
 * are at hand, and else in the one that fetches them; answers come from the HTTP client's.
 */
final class HttpBatchService implements BatchService {
  private static final String TARGET = "DynamoDB_20120810.";

  private final RecentCredentials credentials;
  private final SdkAsyncHttpClient client;
  private final WireFormat format;
  private final ServiceClock clock = new ServiceClock(Clock.systemUTC());
  private final RequestSigner signer;

  /** Where to send to, and the region to sign for. */
  record Address(URI endpoint, String region) {}

  /** Takes over the client and the credentials, and closes them. */
  HttpBatchService(
      Address address,
      AwsCredentialsProvider credentials,
      SdkAsyncHttpClient client,
      WireFormat format) {
    this.credentials = new RecentCredentials(credentials);
    this.client = client;
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
                send(
                    message,
                    identity,
                    (read, at) -> whenAnswered.accept(interpret(items, read, at)));
              } else {
                whenAnswered.accept(
                    new Answer.Failed(Failure.unsigned(thrown, credentials.wereThere())));
              }
            });
  }

  /** Answers whatever happens: a call without an answer would be waited for in vain. */
  private void send(
      WireFormat.Message message,
      AwsCredentials identity,
      BiConsumer<HttpAnswer.Read, Instant> whenRead) {
    Instant signedAt = clock.instant();
    byte[] body = message.body();
    HttpAnswer answer = new HttpAnswer(read -> whenRead.accept(read, signedAt));
    try {
      client
          .execute(
              AsyncExecuteRequest.builder()
                  .request(signer.sign(TARGET + message.operation(), body, identity, signedAt))
                  .requestContentPublisher(new OneBuffer(body))
                  .responseHandler(answer)
                  .build())
          .whenComplete((nothing, thrown) -> answer.ended(thrown));
    } catch (RuntimeException e) {
      answer.ended(e);
    }
  }

  private Answer interpret(List<Item> items, HttpAnswer.Read read, Instant signedAt) {
    Throwable thrown = read.thrown();
    if (thrown != null) {
      Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
      return new Answer.Failed(Failure.unanswered(cause == null ? thrown : cause));
    }
    if (!read.isIntact()) {
      return new Answer.Failed(Failure.garbled("an answer that differs from its CRC32"));
    }
    Answer answer = format.read(items, read.status(), read.body());
    if (answer instanceof Answer.Failed failed
        && clock.learn(failed.failure().code(), read.date(), signedAt)) {
      return new Answer.Failed(failed.failure().retryable());
    }
    return answer;
  }

  @Override
  public void close() {
    client.close();
    credentials.close();
  }
}
