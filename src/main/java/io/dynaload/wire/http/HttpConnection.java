package io.dynaload.wire.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection, on which one call follows another. Each call is answered exactly once, with what
 * came or with what went wrong; after anything that went wrong the connection is closed. Lives in
 * its channel's thread.
 */
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
  /** For how long nothing may move during a call. */
  static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** For how long a connection is kept that nobody uses. */
  static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final String CRC32 = "x-amz-crc32";

  private final Consumer<HttpConnection> whenIdle;
  private final Consumer<HttpConnection> whenClosed;
  private final ChannelFutureListener written = this::written;

  private @Nullable Channel channel;
  private @Nullable HttpCall call;
  private @Nullable HttpResponse head;

  /** What has come of a body that comes in several parts. */
  private @Nullable BodyParts parts;

  /** Bytes of the request that the network had not taken when it was looked at last. */
  private long unsent;

  private long movedAt = System.nanoTime();

  HttpConnection(Consumer<HttpConnection> whenIdle, Consumer<HttpConnection> whenClosed) {
    this.whenIdle = whenIdle;
    this.whenClosed = whenClosed;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  /** Sends a request while no other call is under way, and releases it. */
  void send(HttpCall next) {
    call = next;
    movedAt = System.nanoTime();
    channel().writeAndFlush(next.request()).addListener(written);
  }

  private void written(ChannelFuture future) {
    if (future.isSuccess()) {
      movedAt = System.nanoTime();
    } else {
      fail(future.cause());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    movedAt = System.nanoTime();
    if (call == null) {
      fail(new IOException("an answer that nobody asked for"));
      return;
    }
    if (message.decoderResult().isFailure()) {
      fail(message.decoderResult().cause());
      return;
    }
    if (message instanceof HttpResponse response) {
      head = response;
    }
    if (message instanceof LastHttpContent last) {
      ended(last.content());
    } else if (message instanceof HttpContent content) {
      keep(content.content());
    }
  }

  private void keep(ByteBuf part) {
    BodyParts kept =
        parts == null
            ? new BodyParts(head == null ? -1 : HttpUtil.getContentLength(head, -1L))
            : parts;
    kept.add(part);
    parts = kept;
  }

  private void ended(ByteBuf last) {
    HttpResponse answered = head;
    HttpCall done = call;
    if (answered == null || done == null) {
      fail(new IOException("an answer that nobody asked for"));
      return;
    }
    if (answered.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      return; // The answer is still to come (RFC 9110, section 15.2).
    }
    byte[] body = body(last);
    call = null;
    head = null;
    parts = null;
    if (isOpen() && HttpUtil.isKeepAlive(answered)) {
      whenIdle.accept(this);
    } else {
      channel().close();
    }
    done.whenAnswered().accept(answer(answered, body));
  }

  private byte[] body(ByteBuf last) {
    BodyParts kept = parts;
    if (kept == null) {
      return ByteBufUtil.getBytes(last);
    }
    kept.add(last);
    return kept.toArray();
  }

  private static HttpAnswer answer(HttpResponse head, byte[] body) {
    String date = head.headers().get(HttpHeaderNames.DATE, "");
    String checksum = head.headers().get(CRC32, "");
    return new HttpAnswer(head.status().code(), date, checksum, body, null);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(new IOException("the connection was closed before the end of the answer"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    whenClosed.accept(this);
  }

  /** Closes the connection if nothing has moved on it for too long. */
  void check(long nanoTime) {
    if (isSending()) {
      movedAt = nanoTime;
    }
    long still = nanoTime - movedAt;
    if (call != null && still > ANSWER_NANOS) {
      fail(
          new SocketTimeoutException(
              "nothing came for " + TimeUnit.NANOSECONDS.toSeconds(still) + " s"));
    } else if (call == null && still > IDLE_NANOS) {
      channel().close();
    }
  }

  /** Whether some of the request has left since the last look: a slow line may take its time. */
  private boolean isSending() {
    ChannelOutboundBuffer out = channel().unsafe().outboundBuffer();
    long before = unsent;
    unsent = out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
    return unsent > 0 && unsent != before;
  }

  private void fail(Throwable thrown) {
    HttpCall failed = call;
    call = null;
    channel().close();
    if (failed != null) {
      failed.failed(thrown);
    }
  }

  boolean isOpen() {
    return channel().isActive();
  }

  private Channel channel() {
    if (channel == null) {
      throw new IllegalStateException("Not part of a channel yet");
    }
    return channel;
  }
}
