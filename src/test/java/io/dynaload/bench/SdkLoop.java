package io.dynaload.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A bare loop in one thread over the SDK's asynchronous client with its CRT HTTP client: full
 * batches, many in flight, nothing but a look whether all was taken.
 */
final class SdkLoop implements Contestant, AutoCloseable {
  private static final int BATCH = 25;
  private static final int IN_FLIGHT = 16;

  private final DynamoDbAsyncClient client;

  SdkLoop(String endpoint) {
    client =
        DynamoDbAsyncClient.builder()
            .endpointOverride(URI.create(endpoint))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
            .httpClientBuilder(AwsCrtAsyncHttpClient.builder().maxConcurrency(IN_FLIGHT))
            .build();
  }

  @Override
  public String name() {
    return "sdk";
  }

  @Override
  public void write(BenchItems items, int count) throws Exception {
    Semaphore room = new Semaphore(IN_FLIGHT);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    for (int from = 1; from <= count; from += BATCH) {
      List<WriteRequest> batch = new ArrayList<>(BATCH);
      for (int number = from; number < Math.min(from + BATCH, count + 1); number++) {
        PutRequest put = PutRequest.builder().item(items.attributes(number)).build();
        batch.add(WriteRequest.builder().putRequest(put).build());
      }
      room.acquire();
      client
          .batchWriteItem(
              BatchWriteItemRequest.builder()
                  .requestItems(Map.of(BenchItems.TABLE, batch))
                  .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                  .build())
          .whenComplete(
              (answer, thrown) -> {
                if (thrown != null || !answer.unprocessedItems().isEmpty()) {
                  failure.set(thrown == null ? new IllegalStateException("unprocessed") : thrown);
                }
                room.release();
              });
    }
    room.acquire(IN_FLIGHT);
    if (failure.get() != null) {
      throw new IllegalStateException("A call of the bare loop failed", failure.get());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
