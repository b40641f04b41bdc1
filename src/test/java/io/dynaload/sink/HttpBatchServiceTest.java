package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.aws.AwsConfig;
import io.dynaload.item.Item;
import io.dynaload.sink.FaultyDynamoDb.Fault;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpBatchServiceTest {
  private static final List<Item> ITEMS =
      LongStream.range(0, 25).mapToObj(id -> TestItems.item(id, "v")).toList();

  private FaultyDynamoDb server;
  private BatchService service;

  @BeforeEach
  void start() throws Exception {
    server = FaultyDynamoDb.alone();
    service = open(server.endpoint());
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    server.close();
  }

  private static BatchService open(String endpoint) {
    return HttpBatchServices.open(
        new DynamoDbSinkConfig(
            "readings", new AwsConfig("us-west-2", endpoint, null), 1000, 8, null),
        TestItems.KEYS);
  }

  private static Answer call(BatchService service) throws Exception {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    service.call(ITEMS, answer::complete);
    return answer.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aBatchIsTaken() throws Exception {
    assertThat(call(service)).isEqualTo(new Answer.Taken(25, Set.of()));
    assertThat(server.itemsTaken()).isEqualTo(25);
  }

  @Test
  void whatIsLeftUndoneIsTold() throws Exception {
    server.then(Fault.UNPROCESSED);

    assertThat(call(service))
        .isInstanceOfSatisfying(
            Answer.Taken.class,
            taken -> assertThat(taken.unprocessed()).hasSize((int) (25 - server.itemsTaken())));
    assertThat(server.itemsTaken()).isBetween(1L, 24L);
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLE, THROTTLED",
    "INTERNAL_ERROR, RETRYABLE",
    "UNAVAILABLE, RETRYABLE",
    "CUT_ANSWER, RETRYABLE",
    "CORRUPT_ANSWER, RETRYABLE",
    "CORRUPT_ERROR, RETRYABLE",
    "CUT_REQUEST, RETRYABLE",
    "INVALID, INVALID"
  })
  void faultsAreClassifiedAndTheNextCallWorks(Fault fault, Failure.Kind kind) throws Exception {
    server.then(fault);

    assertThat(call(service))
        .isInstanceOfSatisfying(
            Answer.Failed.class, f -> assertThat(f.failure().kind()).isEqualTo(kind));
    assertThat(call(service)).isInstanceOf(Answer.Taken.class);
  }

  @Test
  void aRefusedConnectionMayBeTriedAgain() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (BatchService nowhere = open("http://127.0.0.1:" + port)) {
      assertThat(call(nowhere))
          .isInstanceOfSatisfying(
              Answer.Failed.class,
              f -> assertThat(f.failure().kind()).isEqualTo(Failure.Kind.RETRYABLE));
    }
  }

  @ParameterizedTest
  @CsvSource({"600", "-86400"})
  void theServicesClockIsFollowed(long skewSeconds) throws Exception {
    server.skewed(Duration.ofSeconds(skewSeconds));

    assertThat(call(service))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            f -> assertThat(f.failure().kind()).isEqualTo(Failure.Kind.RETRYABLE));
    assertThat(call(service)).isInstanceOf(Answer.Taken.class);
  }

  @Test
  void closingIsQuick() throws Exception {
    call(service);
    long before = System.nanoTime();
    service.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
  }
}
