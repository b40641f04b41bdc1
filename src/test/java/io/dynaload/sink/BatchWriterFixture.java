package io.dynaload.sink;

import io.dynaload.capacity.ManualThread;
import io.dynaload.item.Item;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import io.dynaload.wire.Backoff;
import io.dynaload.wire.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A writer, a service that does as it is told, and what became of the items. */
abstract class BatchWriterFixture {
  static final double UNLIMITED = 10_000_000;
  static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  static final Failure THROTTLE =
      Failure.answered(400, "ProvisionedThroughputExceededException", "");
  static final Failure SERVER_ERROR = Failure.answered(500, "InternalServerError", "");

  final ManualThread thread = new ManualThread();
  final ScriptedService service = new ScriptedService(thread, 5 * MILLI);
  final Counts counts = new Counts(Count.values());
  final List<String> log = new ArrayList<>();
  final Map<Long, String> rejected = new TreeMap<>();
  long rejections;
  SettledBudget budget = new SettledBudget(new TokenBucket(1, thread));

  BatchWriter writer(double rate) {
    return writer(rate, 4);
  }

  BatchWriter writer(double rate, int inFlight) {
    return writer(Limits.of(inFlight, rate), rate);
  }

  BatchWriter writer(Limits limits, double rate) {
    TargetErrors errors = new TargetErrors(TestConfig.of("readings", "http://127.0.0.1:1"));
    budget = new SettledBudget(new TokenBucket(rate, thread));
    return new BatchWriter(
        limits,
        new BatchWriter.Calls(
            service,
            budget,
            new Backoff(new SplittableRandom(1)),
            new Outages(Duration.ofMinutes(15), errors, thread, log::add),
            (item, code, reason) -> {
              rejections++;
              rejected.put(item.origin().position(), code + ": " + reason);
            }),
        thread,
        counts);
  }

  static void write(BatchWriter writer, Item item) throws Exception {
    writer.write(TestItems.KEYS.keyOf(item), item);
  }

  static void write(BatchWriter writer, int from, int to) throws Exception {
    for (int id = from; id < to; id++) {
      write(writer, TestItems.item(id, "v"));
    }
  }

  static ScriptedService.Script[] times(int times, ScriptedService.Script script) {
    return Collections.nCopies(times, script).toArray(ScriptedService.Script[]::new);
  }
}
