package io.dynaload.source.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.aws.AwsConfig;
import io.dynaload.capacity.AskedCapacity;
import io.dynaload.capacity.Lease;
import io.dynaload.source.bounded.LeasingConnector.Place;
import io.dynaload.source.bounded.Page;
import io.dynaload.wire.SignedCalls;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SplitReadingTest {
  private static final List<String> POSITION = List.of("id", "n");
  private static final ScanConfig CONFIG =
      new ScanConfig(
          List.of("t", "u"),
          SegmentsConfig.AUTO,
          ScanQuery.ALL,
          new ReadCapacityConfig(new AskedCapacity.Units(1_000), Duration.ofSeconds(30)),
          new AwsConfig("us-east-1", "http://127.0.0.1:1", null));

  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final ScanThread thread =
      new ScanThread(
          failure -> {
            throw failure;
          });

  @AfterEach
  void stop() {
    thread.close();
  }

  private static SourceTable table(String name) {
    return new SourceTable(name, ScanImport.KEYS, POSITION, true, 0, 0, "");
  }

  private TableScans tables() {
    ScanService service =
        new ScanService() {
          @Override
          public void scan(byte[] body, SignedCalls.Receiver receiver) {
            requests.add(new String(body, UTF_8));
            String answer = answers.remove();
            receiver.answered(200, answer.getBytes(UTF_8), (failure, then) -> then.accept(failure));
          }

          @Override
          public void close() {}
        };
    Place place =
        new Place(
            0,
            1,
            name -> request -> CompletableFuture.completedFuture(new Lease(request.want(), 1_000)));
    ScanConnector connector = new ScanConnector(CONFIG, List.of(table("t"), table("u")));
    return new TableScans(connector, place, service, thread);
  }

  private SplitReading reading(String table, TableScans tables) {
    ScanSplit split = new ScanSplit(table + "#0", table, POSITION, 1, List.of(Segment.unread(0)));
    ScanBody body = new ScanBody(table, ScanQuery.ALL, POSITION);
    SplitReading reading = new SplitReading(split, body, tables, thread);
    reading.start();
    return reading;
  }

  private static String key(String id) {
    return "{\"id\":{\"S\":\"" + id + "\"},\"n\":{\"N\":\"1\"}}";
  }

  @Test
  void aPageThatAFilterEmptiedIsHandedOnSoThatACheckpointGoesOnBehindIt() throws Exception {
    answers.add("{\"Items\":[],\"ScannedCount\":20,\"LastEvaluatedKey\":" + key("a") + "}");
    answers.add("{\"Items\":[" + key("b") + "],\"LastEvaluatedKey\":" + key("c") + "}");
    answers.add("{\"Items\":[],\"ScannedCount\":20}");
    SplitReading reading = reading("t", tables());

    Page<ScanSplit> emptied = reading.next().orElseThrow();
    assertThat(emptied.size()).isZero();
    assertThat(emptied.splitAfter(-1).segments())
        .containsExactly(new Segment(0, key("a"), 0, false));
    Page<ScanSplit> page = reading.next().orElseThrow();
    assertThat(page.size()).isEqualTo(1);
    assertThat(page.splitAfter(0).segments()).containsExactly(new Segment(0, key("c"), 1, false));
    Page<ScanSplit> last = reading.next().orElseThrow();
    assertThat(last.splitAfter(-1).segments()).containsExactly(new Segment(0, "", 1, true));
    assertThat(reading.next()).isEmpty();
  }

  @Test
  void whatIsLearnedOfATableIsKeptWhileAnotherIsRead() throws Exception {
    TableScans tables = tables();
    for (String table : List.of("t", "u", "t")) {
      answers.add("{\"Items\":[],\"ScannedCount\":20,\"ConsumedCapacity\":{\"CapacityUnits\":2}}");
      SplitReading reading = reading(table, tables);
      while (reading.next().isPresent()) {
        assertThat(answers).isEmpty();
      }
    }
    assertThat(requests)
        .satisfiesExactly(
            first -> assertThat(first).contains("\"TableName\":\"t\"", "\"Limit\":20"),
            other -> assertThat(other).contains("\"TableName\":\"u\"", "\"Limit\":20"),
            again -> assertThat(again).contains("\"TableName\":\"t\"", "\"Limit\":500"));
  }
}
