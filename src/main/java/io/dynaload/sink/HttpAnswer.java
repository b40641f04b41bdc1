package io.dynaload.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * Collects one HTTP answer, and hands it on once: read to its end, or with what went wrong. Called
 * by the HTTP client, one call at a time.
 */
final class HttpAnswer implements SdkAsyncHttpResponseHandler, Subscriber<ByteBuffer> {
  /**
   * @param date the Date header, or ""
   * @param checksum the CRC32 of the body that was sent, in decimal; "" if the service tells none
   * @param thrown what went wrong; the rest means nothing then
   */
  record Read(int status, String date, String checksum, byte[] body, @Nullable Throwable thrown) {
    /** Whether the body that was received is the one that was sent, as far as can be told. */
    boolean isIntact() {
      if (checksum.isEmpty()) {
        return true;
      }
      CRC32 crc = new CRC32();
      crc.update(body);
      return checksum.equals(Long.toString(crc.getValue()));
    }
  }

  private final Consumer<Read> whenRead;
  private final AtomicBoolean handedOn = new AtomicBoolean();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);
  private volatile int status;
  private volatile String date = "";
  private volatile String checksum = "";

  HttpAnswer(Consumer<Read> whenRead) {
    this.whenRead = whenRead;
  }

  @Override
  public void onHeaders(SdkHttpResponse headers) {
    status = headers.statusCode();
    checksum = headers.firstMatchingHeader("x-amz-crc32").orElse("");
    if (status != 200) {
      date = headers.firstMatchingHeader("Date").orElse("");
    }
  }

  @Override
  public void onStream(Publisher<ByteBuffer> stream) {
    stream.subscribe(this);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    body.writeBytes(bytes);
  }

  @Override
  public void onComplete() {
    handOn(null);
  }

  @Override
  public void onError(Throwable thrown) {
    handOn(thrown);
  }

  /** The client is done with the call; says so if nothing else did. */
  void ended(@Nullable Throwable thrown) {
    handOn(thrown == null ? new IOException("the call ended without an answer") : thrown);
  }

  private void handOn(@Nullable Throwable thrown) {
    if (handedOn.compareAndSet(false, true)) {
      whenRead.accept(new Read(status, date, checksum, body.toByteArray(), thrown));
    }
  }
}
