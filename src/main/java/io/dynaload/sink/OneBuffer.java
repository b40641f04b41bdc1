package io.dynaload.sink;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** Publishes a request's body in one piece, to each subscriber anew. */
final class OneBuffer implements SdkHttpContentPublisher {
  private final byte[] body;

  OneBuffer(byte[] body) {
    this.body = body;
  }

  @Override
  public Optional<Long> contentLength() {
    return Optional.of((long) body.length);
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Subscription() {
          private boolean done;

          @Override
          public void request(long n) {
            if (done) {
              return;
            }
            done = true;
            if (n <= 0) {
              subscriber.onError(new IllegalArgumentException("Requested " + n + " buffers"));
              return;
            }
            subscriber.onNext(ByteBuffer.wrap(body));
            subscriber.onComplete();
          }

          @Override
          public void cancel() {
            done = true;
          }
        });
  }
}
