package io.dynaload.sink;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * The SDK's Netty client, with one thread of its own for all connections. When {@link #close}
 * returns the thread has ended, so that Flink can drop the job's classes; the SDK by itself would
 * take two seconds for that.
 */
final class NettyClient implements SdkAsyncHttpClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final long CLOSE_SECONDS = 5;

  private final EventLoopGroup thread =
      new NioEventLoopGroup(1, new DefaultThreadFactory("dynaload-http", true));
  private final SdkAsyncHttpClient client;

  NettyClient(int connections) {
    client =
        NettyNioAsyncHttpClient.builder()
            .protocol(Protocol.HTTP1_1)
            .eventLoopGroup(SdkEventLoopGroup.create(thread))
            .maxConcurrency(connections)
            .connectionTimeout(CONNECT_TIMEOUT)
            .readTimeout(ANSWER_TIMEOUT)
            .writeTimeout(ANSWER_TIMEOUT)
            .build();
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    return client.execute(request);
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
    thread
        .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
