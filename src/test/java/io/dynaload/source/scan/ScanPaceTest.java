package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.aws.AwsConfig;
import io.dynaload.capacity.AskedCapacity;
import io.dynaload.capacity.CapacityLimit;
import io.dynaload.capacity.Lease;
import io.dynaload.capacity.LeaseDesk;
import io.dynaload.capacity.LeaseRequest.Asker;
import io.dynaload.capacity.LeasedBudget;
import io.dynaload.capacity.Leases;
import io.dynaload.capacity.TableCapacity;
import io.dynaload.capacity.VirtualTime;
import io.dynaload.faulty.FaultyDynamoDb;
import io.dynaload.faulty.ModelDynamoDb;
import io.dynaload.faulty.ModelReads;
import io.dynaload.faulty.Outcome;
import io.dynaload.faulty.TableSpec;
import io.dynaload.sink.TaskThread;
import io.dynaload.wire.Backoff;
import io.dynaload.wire.Failure;
import io.dynaload.wire.SignedCalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Readers, the desk that they lease from, and a table that gives no more than its capacity, all on
 * one clock. The readers go over a small table again and again.
 */
@Timeout(120)
class ScanPaceTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long RPC = 2 * MILLI;
  private static final long CALL = 20 * MILLI;
  private static final int SEGMENTS = 4;

  private final VirtualTime time = new VirtualTime();
  private final FaultyDynamoDb dynamoDb =
      new FaultyDynamoDb(new ModelDynamoDb(() -> time.nanoTime()));
  private LeaseDesk desk = new LeaseDesk(new CapacityLimit(), time);
  private boolean unreachable;

  /** As DescribeTable tells it; 0 for a table that is new. */
  private int itemBytes;

  @AfterEach
  void stop() {
    time.close();
  }

  /** A table of 2 MB, so 256 units. */
  private ModelReads table(int itemBytes) throws Exception {
    dynamoDb.model().create("source", TableSpec.unlimited(ScanImport.KEYS));
    String text = "x".repeat(itemBytes);
    for (int i = 0; i < 2_000_000 / itemBytes; i++) {
      String item =
          "{\"id\":{\"S\":\"%d\"},\"n\":{\"N\":\"%d\"},\"text\":{\"S\":\"%s\"}}"
              .formatted(i % 701, i, text);
      String put = "{\"TableName\":\"source\",\"Item\":" + item + "}";
      dynamoDb.call("PutItem", put.getBytes(StandardCharsets.UTF_8));
    }
    return dynamoDb.model().table("source").reads();
  }

  private void limit(ModelReads reads, int units) {
    // A second's worth is saved up, as little as makes the comparison of clocks unimportant.
    reads.limit(units, 1);
    desk.observe(new AskedCapacity.Units(units), TableCapacity.UNKNOWN);
  }

  private void read(int subtask, int readers) {
    time.start(
        thread -> {
          LeasedBudget budget =
              LeasedBudget.asEstimated(
                  new LeasedBudget.Place(new Asker(subtask, 0), readers), leases(), thread);
          ScanErrors errors =
              new ScanErrors(new AwsConfig("us-east-1", "http://127.0.0.1:1", null), "t");
          PacedScans scans =
              new PacedScans(
                  service(),
                  budget,
                  new Backoff(new SplittableRandom(subtask)),
                  new Patience(errors, "t", thread),
                  new ReadCosts(false, itemBytes),
                  thread);
          ScanBody body = new ScanBody("source", ScanQuery.ALL, List.of("id", "n"));
          for (int i = 0; i < SEGMENTS; i++) {
            int number = subtask * SEGMENTS + i;
            goOver(scans, body, Segment.unread(number), readers * SEGMENTS);
          }
          idle(thread);
        });
  }

  private static void idle(TaskThread thread) throws InterruptedException {
    while (true) {
      thread.yield();
    }
  }

  private static void goOver(PacedScans scans, ScanBody body, Segment segment, int total) {
    scans.read(
        new PacedScans.Request(body, "t", segment, total),
        new PacedScans.Receiver() {
          @Override
          public boolean isWanted() {
            return true;
          }

          @Override
          public void read(ScanAnswer answer) {
            Segment next =
                answer.lastKey().isEmpty()
                    ? Segment.unread(segment.number())
                    : segment.at(answer.lastKey(), 0);
            goOver(scans, body, next, total);
          }

          @Override
          public void failed(RuntimeException failure) {
            throw failure;
          }
        });
  }

  private ScanService service() {
    return new ScanService() {
      @Override
      public void scan(byte[] body, SignedCalls.Receiver receiver) {
        time.schedule(
            CALL / 2,
            () -> {
              Outcome outcome = dynamoDb.call("Scan", body);
              time.schedule(
                  CALL / 2,
                  () ->
                      receiver.answered(
                          outcome.status(),
                          outcome.body(),
                          (Failure failure, Consumer<Failure> then) -> then.accept(failure)));
            });
      }

      @Override
      public void close() {}
    };
  }

  private Leases leases() {
    return request -> {
      CompletableFuture<Lease> answer = new CompletableFuture<>();
      time.schedule(
          RPC,
          () -> {
            if (!unreachable) {
              desk.ask(request)
                  .thenAccept(lease -> time.schedule(RPC, () -> answer.complete(lease)));
            }
          });
      return answer;
    };
  }

  private double unitsASecond(ModelReads reads, int from, int to) {
    time.runUntil(from * SECOND);
    double before = reads.consumed();
    time.runUntil(to * SECOND);
    return (reads.consumed() - before) / (to - from);
  }

  private static void assertKept(double rate, ModelReads reads, int limit) {
    double refused = reads.refused() / (reads.refused() + reads.consumed());
    assertThat(rate).as("of " + limit).isBetween(0.97 * limit, 1.0 * limit);
    assertThat(refused).as("refused").isLessThan(0.005);
  }

  @ParameterizedTest
  @CsvSource({
    "25, 1, 200",
    "25, 8, 200",
    "100, 2, 200",
    "100, 8, 4000",
    "500, 1, 1000",
    "500, 2, 20000",
    "500, 8, 1000",
    "3000, 2, 1000",
    "3000, 8, 20000"
  })
  void theLimitIsKeptFromTheFifthSecondOn(int limit, int readers, int itemBytes) throws Exception {
    ModelReads reads = table(itemBytes);
    limit(reads, limit);
    for (int reader = 0; reader < readers; reader++) {
      read(reader, readers);
    }
    assertKept(unitsASecond(reads, 5, limit < 100 ? 65 : 25), reads, limit);
  }

  @Test
  void theLimitIsFollowed() throws Exception {
    ModelReads reads = table(1_000);
    limit(reads, 500);
    read(0, 2);
    read(1, 2);
    assertKept(unitsASecond(reads, 5, 15), reads, 500);
    limit(reads, 1_000);
    assertKept(unitsASecond(reads, 16, 26), reads, 1_000);
    limit(reads, 200);
    assertKept(unitsASecond(reads, 27, 37), reads, 200);
  }

  @Test
  void whoeverIsLeftGetsAll() throws Exception {
    ModelReads reads = table(1_000);
    limit(reads, 500);
    read(0, 8);
    assertKept(unitsASecond(reads, 5, 25), reads, 500);
  }

  @Test
  void withoutACoordinatorEachReaderGoesOnAtItsShare() throws Exception {
    ModelReads reads = table(1_000);
    limit(reads, 500);
    read(0, 2);
    read(1, 2);
    time.runUntil(5 * SECOND);
    unreachable = true;
    assertThat(unitsASecond(reads, 15, 35)).isBetween(450.0, 500.0);
    unreachable = false;
    assertKept(unitsASecond(reads, 40, 60), reads, 500);
  }

  @Test
  void whatATableTakesIsFound() throws Exception {
    ModelReads reads = table(1_000);
    reads.limit(800, 1);
    desk.observe(
        new AskedCapacity.Adaptive(),
        new TableCapacity(OptionalLong.empty(), OptionalLong.of(500), OptionalLong.empty()));
    read(0, 2);
    read(1, 2);
    assertThat(unitsASecond(reads, 60, 120)).isBetween(0.95 * 800, 800.0);
    assertThat(reads.refused() / reads.consumed()).isLessThan(0.02);
  }

  /** Four calls at once of 20 items each would be 200 units. */
  @Test
  void aTableOfLargeItemsDoesNotBeginWithABurst() throws Exception {
    ModelReads reads = table(20_000);
    reads.limit(1_000_000, 1);
    desk.observe(new AskedCapacity.Units(50), TableCapacity.UNKNOWN);
    itemBytes = 20_000;
    read(0, 1);
    time.runUntil(SECOND);
    assertThat(reads.consumed()).isBetween(30.0, 60.0);
  }
}
