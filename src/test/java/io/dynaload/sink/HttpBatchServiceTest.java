package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.faulty.Fault;
import io.dynaload.faulty.FaultyServer;
import io.dynaload.faulty.RawHttpServer;
import io.dynaload.faulty.TableSpec;
import io.dynaload.item.Item;
import io.dynaload.wire.Failure;
import io.dynaload.wire.SignedCalls;
import io.dynaload.wire.http.HttpConnections;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.StsException;

class HttpBatchServiceTest {
  private static final List<Item> ITEMS =
      LongStream.range(0, 25).mapToObj(id -> TestItems.item(id, "v")).toList();

  private FaultyServer server;
  private BatchService service;

  @BeforeEach
  void start() throws Exception {
    server = FaultyServer.start();
    server.create("readings", TableSpec.unlimited(TestItems.KEYS));
    service = open(server.endpoint().toString());
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    server.close();
  }

  private static BatchService open(String endpoint) {
    return HttpBatchServices.open(TestConfig.of("readings", endpoint), TestItems.KEYS);
  }

  private static Answer call(BatchService service) throws Exception {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    service.call(ITEMS, answer::complete);
    return answer.get(60, TimeUnit.SECONDS);
  }

  /** A unit an item. */
  private long unitsTaken() {
    return Math.round(server.table("readings").consumed());
  }

  @Test
  void aBatchIsTaken() throws Exception {
    assertThat(call(service)).isEqualTo(new Answer.Taken(25, Set.of()));
    assertThat(unitsTaken()).isEqualTo(25);
  }

  @Test
  void whatIsLeftUndoneIsTold() throws Exception {
    server.service().then(Fault.UNPROCESSED);

    assertThat(call(service))
        .isInstanceOfSatisfying(
            Answer.Taken.class,
            taken -> assertThat(taken.unprocessed()).hasSize((int) (25 - unitsTaken())));
    assertThat(unitsTaken()).isBetween(1L, 24L);
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLE, THROTTLED",
    "INTERNAL_ERROR, RETRYABLE",
    "UNAVAILABLE, RETRYABLE",
    "LOST_ANSWER, RETRYABLE",
    "CUT_ANSWER, RETRYABLE",
    "CORRUPT_ANSWER, RETRYABLE",
    "CORRUPT_ERROR, RETRYABLE",
    "CUT_REQUEST, RETRYABLE",
    "INVALID, INVALID"
  })
  void faultsAreClassifiedAndTheNextCallWorks(Fault fault, Failure.Kind kind) throws Exception {
    server.service().then(fault);

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

  /** Its provider gives expired credentials, so it is asked for each call. */
  private BatchService signedBy(AwsCredentialsProvider provider) {
    return signedBy(provider, server.endpoint());
  }

  private static BatchService signedBy(AwsCredentialsProvider provider, URI endpoint) {
    return new HttpBatchService(
        new SignedCalls(
            new SignedCalls.Address(endpoint, "us-west-2"),
            provider,
            new HttpConnections(endpoint)),
        new BatchFormat("readings", TestItems.KEYS));
  }

  private static AwsCredentials expired() {
    return AwsSessionCredentials.builder()
        .accessKeyId("A")
        .secretAccessKey("s")
        .sessionToken("t")
        .expirationTime(Instant.EPOCH)
        .build();
  }

  @Test
  void aCallDoesNotWaitForItsCredentials() throws Exception {
    CompletableFuture<AwsCredentials> credentials = new CompletableFuture<>();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    try (BatchService slow = signedBy(credentials::join)) {
      slow.call(ITEMS, answer::complete);
      assertThat(answer).isNotDone();

      credentials.complete(expired());
      assertThat(answer.get(60, TimeUnit.SECONDS)).isInstanceOf(Answer.Taken.class);
    }
  }

  private static Stream<Arguments> credentialFailures() {
    RuntimeException none = SdkClientException.create("Unable to load credentials");
    RuntimeException unreachable =
        SdkClientException.create("Unable to execute", new ConnectException("refused"));
    return Stream.of(
        Arguments.of(none, Failure.Kind.FATAL, Failure.Kind.RETRYABLE),
        Arguments.of(unreachable, Failure.Kind.RETRYABLE, Failure.Kind.RETRYABLE),
        Arguments.of(
            sts(503, "ServiceUnavailable"), Failure.Kind.RETRYABLE, Failure.Kind.RETRYABLE),
        Arguments.of(sts(400, "Throttling"), Failure.Kind.RETRYABLE, Failure.Kind.RETRYABLE),
        Arguments.of(sts(403, "AccessDenied"), Failure.Kind.FATAL, Failure.Kind.FATAL),
        Arguments.of(sts(400, "ValidationException"), Failure.Kind.FATAL, Failure.Kind.FATAL));
  }

  private static AwsServiceException sts(int status, String code) {
    return StsException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("m").build())
        .build();
  }

  @ParameterizedTest
  @MethodSource("credentialFailures")
  void failuresOfCredentialsAreClassifiedByWhetherThereWereSome(
      RuntimeException failure, Failure.Kind atFirst, Failure.Kind later) throws Exception {
    Queue<Boolean> fails = new ConcurrentLinkedQueue<>(List.of(true, false, true, false));
    AwsCredentialsProvider provider =
        () -> {
          if (Objects.requireNonNull(fails.poll())) {
            throw failure;
          }
          return expired();
        };
    try (BatchService unsigned = signedBy(provider)) {
      assertThat(kind(call(unsigned))).isEqualTo(atFirst);
      assertThat(call(unsigned)).isInstanceOf(Answer.Taken.class);
      assertThat(kind(call(unsigned))).isEqualTo(later);
      assertThat(call(unsigned)).isInstanceOf(Answer.Taken.class);
    }
  }

  /** Of a service that knows one access key, and says of all others that they have expired. */
  private static RawHttpServer knowing(String accessKey) throws Exception {
    return RawHttpServer.start(
        request ->
            request
                    .headers()
                    .getOrDefault("authorization", "")
                    .contains("Credential=" + accessKey + "/")
                ? RawHttpServer.Reply.of(200, "{}")
                : RawHttpServer.Reply.of(400, "{\"__type\":\"x#ExpiredTokenException\"}"));
  }

  @Test
  void aCallSignedWithWhatHasJustBeenReplacedIsSignedAnew() throws Exception {
    Queue<String> keys = new ConcurrentLinkedQueue<>(List.of("OLD", "NEW", "NEW"));
    AwsCredentialsProvider provider =
        () -> AwsBasicCredentials.create(Objects.requireNonNull(keys.poll()), "s");
    try (RawHttpServer knowing = knowing("NEW");
        BatchService calls = signedBy(provider, knowing.endpoint())) {
      assertThat(kind(call(calls))).isEqualTo(Failure.Kind.RETRYABLE);
      assertThat(call(calls)).isInstanceOf(Answer.Taken.class);
    }
  }

  @Test
  void expiredCredentialsInWhosePlaceThereAreNoOthersAreFinal() throws Exception {
    try (RawHttpServer knowing = knowing("NEW");
        BatchService calls =
            signedBy(() -> AwsBasicCredentials.create("OLD", "s"), knowing.endpoint())) {
      assertThat(call(calls))
          .isEqualTo(
              new Answer.Failed(
                  new Failure(Failure.Kind.FATAL, "ExpiredTokenException", "", null)));
    }
  }

  private static Failure.Kind kind(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed) answer).failure().kind();
  }

  @Test
  void closingEndsItsThread() throws Exception {
    call(service);
    Set<Thread> threads = httpThreads();
    assertThat(threads).isNotEmpty();
    service.close();

    for (Thread thread : threads) {
      // Its last act is to say that it has ended, so it may live for a moment longer.
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  /** Of this test's service, the only one that is open. */
  private static Set<Thread> httpThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("dynaload-http"))
        .collect(Collectors.toSet());
  }
}
