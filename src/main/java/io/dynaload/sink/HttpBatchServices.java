package io.dynaload.sink;

import io.dynaload.aws.AwsClients;
import io.dynaload.item.KeySchema;
import java.time.Duration;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/** Opens the service that a sink's configuration asks for. */
final class HttpBatchServices {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  private HttpBatchServices() {}

  static BatchService open(DynamoDbSinkConfig config, KeySchema keys) {
    return new HttpBatchService(
        new HttpBatchService.Address(
            AwsClients.dynamoDbEndpoint(config.aws()), AwsClients.region(config.aws()).id()),
        AwsClients.credentials(config.aws()),
        client(config.maxInFlight()),
        new BatchBody(config.table()),
        new BatchAnswers(keys));
  }

  /** One thread of its own serves all connections of a subtask. */
  private static SdkAsyncHttpClient client(int connections) {
    return NettyNioAsyncHttpClient.builder()
        .protocol(Protocol.HTTP1_1)
        .eventLoopGroupBuilder(SdkEventLoopGroup.builder().numberOfThreads(1))
        .maxConcurrency(connections)
        .connectionTimeout(CONNECT_TIMEOUT)
        .readTimeout(ANSWER_TIMEOUT)
        .writeTimeout(ANSWER_TIMEOUT)
        .build();
  }
}
