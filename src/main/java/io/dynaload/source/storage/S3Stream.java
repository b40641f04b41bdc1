package io.dynaload.source.storage;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/**
 * An object from a byte to its end. It is asked for when it is first read. A connection that is
 * cut, or was cut while nobody read, is followed by a request for the rest, on the condition that
 * the object still has its tag. Not thread-safe.
 */
final class S3Stream extends InputStream {
  private final S3Client client;
  private final @Nullable RequestPayer payer;
  private final StoredObject object;
  private final Retry.Streak failures;
  private long position;
  private @Nullable ResponseInputStream<GetObjectResponse> body;

  S3Stream(
      S3Client client,
      @Nullable RequestPayer payer,
      StoredObject object,
      long offset,
      Retry retry) {
    this.client = client;
    this.payer = payer;
    this.object = object;
    this.position = offset;
    this.failures = retry.streak("Reading " + object.uri());
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, to.length);
    if (length == 0) {
      return 0;
    }
    while (position < object.size()) {
      try {
        ResponseInputStream<GetObjectResponse> from = body == null ? ask() : body;
        int count = from.read(to, offset, length);
        if (count > 0) {
          position += count;
          failures.succeeded();
          return count;
        }
        throw new IOException("the connection ended at byte " + position);
      } catch (IOException | SdkException | UncheckedIOException e) {
        abort();
        S3Failures.throwIfFinal(object.uri(), e);
        failures.failed(e);
      }
    }
    return -1;
  }

  private ResponseInputStream<GetObjectResponse> ask() {
    S3Location location = S3Location.of(object.uri());
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(location.bucket())
            .key(location.key())
            .ifMatch(object.tag())
            .requestPayer(payer);
    if (position > 0) {
      request.range("bytes=" + position + "-");
    }
    ResponseInputStream<GetObjectResponse> answer = client.getObject(request.build());
    body = answer;
    check(answer.response());
    return answer;
  }

  /** Other servers than S3 may not know of conditions and ranges, and answer as if unasked. */
  private void check(GetObjectResponse answer) {
    if (answer.eTag() != null && !answer.eTag().equals(object.tag())) {
      throw Losses.changed(object.uri());
    }
    if (position > 0 && answer.contentRange() == null) {
      throw new ImportException(
          ErrorCode.SOURCE,
          "The server gives out " + object.uri() + " from its beginning only",
          "The endpoint must lead to a server that knows Range headers, as S3 does.");
    }
  }

  /** Lets go of the connection without reading what is left in it. */
  private void abort() {
    if (body != null) {
      body.abort();
      body = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (body != null && position == object.size()) {
      // Nothing is left in it, so its connection can serve the next request.
      body.close();
      body = null;
    }
    abort();
  }
}
