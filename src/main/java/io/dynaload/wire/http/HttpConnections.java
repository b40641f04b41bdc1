package io.dynaload.wire.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Calls to one endpoint over connections that are kept: as many as there are calls at a time. Each
 * call is answered exactly once, by what came or by what went wrong, and nothing is sent twice. One
 * thread serves all connections and hands on the answers; when {@link #close} returns it has ended,
 * so that Flink can drop the job's classes. Thread-safe.
 *
 * <p>It is Netty without the layers that the SDK puts around it for requests of any kind, which
 * cost more than the call itself (docs/adr/0002-sink-operator.md). A request leaves in one piece
 * where the SDK sends its head and its body each by itself.
 */
public final class HttpConnections implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;

  // Netty's own limits, but for the parts that a body comes in: a page of a scan has a megabyte.
  private static final int LINE_BYTES = 4096;
  private static final int HEAD_BYTES = 8192;
  private static final int PART_BYTES = 64 << 10;

  private static final long CHECK_SECONDS = 1;
  private static final long CLOSE_SECONDS = 5;

  private final EventLoopGroup threads =
      new NioEventLoopGroup(1, new DefaultThreadFactory("dynaload-http", true));
  private final EventLoop thread = threads.next();

  private final Bootstrap bootstrap;
  private final String host;
  private final int port;
  private final @Nullable SslContext tls;
  private final @Nullable HttpProxy proxy;

  /** The one that was used last comes first, so that those that are too many stay idle. */
  private final Deque<HttpConnection> idle = new ArrayDeque<>();

  private final Set<HttpConnection> all = new HashSet<>();

  /** Goes through the proxy that the environment names, if it names one. */
  public HttpConnections(URI endpoint) {
    this(endpoint, HttpProxy.to(endpoint));
  }

  HttpConnections(URI endpoint, @Nullable HttpProxy proxy) {
    boolean secure = endpoint.getScheme().equals("https");
    this.host = endpoint.getHost();
    this.port = endpoint.getPort() >= 0 ? endpoint.getPort() : secure ? 443 : 80;
    this.tls = secure ? tls() : null;
    this.proxy = proxy;
    this.bootstrap =
        new Bootstrap()
            .group(thread)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .remoteAddress(host, port);
    if (proxy != null) {
      bootstrap.disableResolver(); // The proxy finds the endpoint's address.
    }
    thread.scheduleWithFixedDelay(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
  }

  /** Trusts whom the JVM trusts, and only under the endpoint's name. */
  private static SslContext tls() {
    try {
      return SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS").build();
    } catch (SSLException e) {
      throw new IllegalStateException("TLS cannot be set up in this JVM", e);
    }
  }

  /** Sends a request, and releases it. Returns at once. */
  public void send(FullHttpRequest request, Consumer<HttpAnswer> whenAnswered) {
    HttpCall call = new HttpCall(request, whenAnswered);
    try {
      thread.execute(() -> send(call));
    } catch (RejectedExecutionException e) {
      request.release();
      call.failed(e);
    }
  }

  private void send(HttpCall call) {
    HttpConnection connection;
    do {
      connection = idle.pollFirst();
    } while (connection != null && !connection.isOpen());
    if (connection == null) {
      open(call);
    } else {
      connection.send(call);
    }
  }

  private void open(HttpCall call) {
    HttpConnection connection = new HttpConnection(idle::addFirst, this::closed);
    all.add(connection);
    bootstrap
        .clone()
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                assemble(channel, connection);
              }
            })
        .connect()
        .addListener((ChannelFuture connected) -> opened(connected, connection, call));
  }

  private void assemble(Channel channel, HttpConnection connection) {
    if (proxy != null) {
      channel.pipeline().addLast(proxy.handler());
    }
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc(), host, port));
    }
    channel.pipeline().addLast(new HttpClientCodec(LINE_BYTES, HEAD_BYTES, PART_BYTES), connection);
  }

  private void opened(ChannelFuture connected, HttpConnection connection, HttpCall call) {
    if (connected.isSuccess()) {
      connection.send(call);
      return;
    }
    closed(connection);
    call.request().release();
    call.failed(named(connected.cause()));
  }

  /** Netty has a class of its own for a connection that was refused; it would be shown to users. */
  private static Throwable named(Throwable thrown) {
    return thrown instanceof ConnectException
        ? new ConnectException(thrown.getMessage()).initCause(thrown)
        : thrown;
  }

  private void check() {
    long now = System.nanoTime();
    List.copyOf(all).forEach(connection -> connection.check(now));
  }

  private void closed(HttpConnection connection) {
    all.remove(connection);
    idle.remove(connection);
  }

  @Override
  public void close() {
    threads
        .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
