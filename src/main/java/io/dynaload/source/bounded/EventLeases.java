package io.dynaload.source.bounded;

import io.dynaload.capacity.Lease;
import io.dynaload.capacity.Leases;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;

/**
 * Asks the enumerator for units, by Flink's events between it and the readers. An answer that never
 * comes fails its future after a while; one that comes later, or is meant for an earlier attempt of
 * this reader, is dropped. Thread-safe.
 */
final class EventLeases implements LeasingConnector.Budgets {
  private static final long FORGET_SECONDS = 30;

  private final SourceReaderContext context;
  private final ConcurrentMap<Long, CompletableFuture<Lease>> open = new ConcurrentHashMap<>();

  /** From anywhere, so that no answer to an earlier attempt is taken for one to this. */
  private final AtomicLong numbers = new AtomicLong(ThreadLocalRandom.current().nextLong());

  EventLeases(SourceReaderContext context) {
    this.context = context;
  }

  @Override
  public Leases of(String name) {
    return request -> {
      long number = numbers.incrementAndGet();
      CompletableFuture<Lease> answer = new CompletableFuture<>();
      open.put(number, answer);
      try {
        context.sendSourceEventToCoordinator(new LeaseQuestion(number, name, request));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
      return answer
          .orTimeout(FORGET_SECONDS, TimeUnit.SECONDS)
          .whenComplete((lease, thrown) -> open.remove(number));
    };
  }

  /** Takes an answer; whatever else comes is nobody's. */
  void handle(SourceEvent event) {
    if (event instanceof LeaseAnswer answer) {
      CompletableFuture<Lease> asked = open.get(answer.number());
      if (asked != null) {
        asked.complete(answer.lease());
      }
    }
  }
}
