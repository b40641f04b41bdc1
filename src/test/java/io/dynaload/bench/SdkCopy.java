package io.dynaload.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A copy as one would write it by hand and tune: the SDK's asynchronous client with its CRT HTTP
 * client, eight segments read side by side and a page ahead, full batches, many in flight. It has
 * no limit, no checkpoint, no retry of what is left undone.
 */
final class SdkCopy implements AutoCloseable {
  private static final int SEGMENTS = 8;
  private static final int BATCH = 25;
  private static final int IN_FLIGHT = 16;

  private final DynamoDbAsyncClient client;
  private final BlockingQueue<ScanResponse> pages = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  SdkCopy(String endpoint) {
    client =
        DynamoDbAsyncClient.builder()
            .endpointOverride(URI.create(endpoint))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
            .httpClientBuilder(AwsCrtAsyncHttpClient.builder().maxConcurrency(IN_FLIGHT + SEGMENTS))
            .build();
  }

  private record Lane(int segment, Map<String, AttributeValue> from) {}

  long copy(String source, String target) throws Exception {
    long items = 0;
    int open = SEGMENTS;
    BlockingQueue<Lane> lanes = new LinkedBlockingQueue<>();
    for (int segment = 0; segment < SEGMENTS; segment++) {
      read(source, new Lane(segment, Map.of()), lanes);
    }
    List<WriteRequest> batch = new ArrayList<>(BATCH);
    while (open > 0) {
      ScanResponse page = pages.take();
      Lane lane = lanes.take();
      check();
      if (lane.from().isEmpty()) {
        open--;
      } else {
        read(source, lane, lanes);
      }
      items += page.items().size();
      for (Map<String, AttributeValue> item : page.items()) {
        batch.add(
            WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build());
        if (batch.size() == BATCH) {
          write(target, batch);
          batch = new ArrayList<>(BATCH);
        }
      }
    }
    if (!batch.isEmpty()) {
      write(target, batch);
    }
    room.acquire(IN_FLIGHT);
    room.release(IN_FLIGHT);
    check();
    return items;
  }

  private void check() {
    if (failure.get() != null) {
      throw new IllegalStateException("A call of the program failed", failure.get());
    }
  }

  private void read(String source, Lane lane, BlockingQueue<Lane> lanes) {
    client
        .scan(
            ScanRequest.builder()
                .tableName(source)
                .segment(lane.segment())
                .totalSegments(SEGMENTS)
                .exclusiveStartKey(lane.from().isEmpty() ? null : lane.from())
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build())
        .whenComplete(
            (page, thrown) -> {
              if (thrown != null) {
                failure.set(thrown);
              }
              Map<String, AttributeValue> next =
                  thrown == null ? page.lastEvaluatedKey() : Map.of();
              synchronized (lanes) {
                lanes.add(new Lane(lane.segment(), next));
                pages.add(thrown == null ? page : ScanResponse.builder().build());
              }
            });
  }

  private void write(String target, List<WriteRequest> batch) throws InterruptedException {
    room.acquire();
    client
        .batchWriteItem(
            BatchWriteItemRequest.builder()
                .requestItems(Map.of(target, batch))
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

  @Override
  public void close() {
    client.close();
  }
}
