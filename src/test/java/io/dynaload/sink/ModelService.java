package io.dynaload.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynaload.capacity.ManualThread;
import io.dynaload.faulty.FaultyDynamoDb;
import io.dynaload.faulty.Outcome;
import io.dynaload.faulty.Outcome.Delivery;
import io.dynaload.item.CanonicalKey;
import io.dynaload.item.Item;
import io.dynaload.wire.Failure;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Sends what a format says to a DynamoDB in memory, on a test's clock: a call takes effect after
 * half of the latency. Fails the test if two calls with the same key are in flight.
 */
final class ModelService implements BatchService {
  static final long LATENCY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final ManualThread thread;
  private final WireFormat format;
  private final FaultyDynamoDb dynamoDb;
  private final Set<CanonicalKey> inFlight = new HashSet<>();
  private int mostInFlight;

  ModelService(ManualThread thread, WireFormat format, FaultyDynamoDb dynamoDb) {
    this.thread = thread;
    this.format = format;
    this.dynamoDb = dynamoDb;
  }

  int mostInFlight() {
    return mostInFlight;
  }

  @Override
  public void call(List<Item> items, Consumer<Answer> whenAnswered) {
    WireFormat.Message message;
    try {
      message = format.message(items);
    } catch (RefusedItemException e) {
      whenAnswered.accept(new Answer.Failed(e.failure()));
      return;
    }
    List<CanonicalKey> keys = items.stream().map(TestItems::keyOf).toList();
    for (CanonicalKey key : keys) {
      if (!inFlight.add(key)) {
        throw new AssertionError("A key was sent while it was in flight");
      }
    }
    mostInFlight = Math.max(mostInFlight, inFlight.size());
    thread.schedule(
        LATENCY_NANOS / 2,
        () -> {
          Outcome outcome = dynamoDb.call(message.operation(), message.body());
          thread.schedule(
              LATENCY_NANOS / 2 + outcome.delay().toNanos(),
              () -> {
                keys.forEach(inFlight::remove);
                whenAnswered.accept(read(items, outcome));
              });
        });
  }

  private Answer read(List<Item> items, Outcome outcome) {
    CRC32 crc = new CRC32();
    crc.update(outcome.body());
    if (outcome.delivery() == Delivery.NOTHING) {
      return new Answer.Failed(Failure.unanswered(new IOException("cut")));
    }
    return outcome.delivery() == Delivery.HALF || crc.getValue() != outcome.crc32()
        ? new Answer.Failed(Failure.garbled("cut or corrupt"))
        : format.read(items, outcome.status(), outcome.body());
  }

  /** Writes as another application does. */
  static void put(FaultyDynamoDb dynamoDb, Item item) {
    String body = "{\"TableName\":\"t\",\"Item\":" + item.jsonText() + "}";
    Outcome outcome = dynamoDb.call("PutItem", body.getBytes(UTF_8));
    if (outcome.status() != 200) {
      throw new AssertionError(new String(outcome.body(), UTF_8));
    }
  }

  @Override
  public void close() {}
}
