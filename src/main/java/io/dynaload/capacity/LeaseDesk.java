package io.dynaload.capacity;

import io.dynaload.capacity.LeaseRequest.Asker;
import io.dynaload.capacity.LeaseRequest.Tally;
import io.dynaload.capacity.LeaseRequest.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The one place of a job that hands out its units. Over any time, subtasks are given no more than
 * the limit allows for it, a burst of a fifth of a second, and one costly item; and if they ask for
 * that much, no less. Where a round comes late, it makes up for up to a second in which subtasks
 * had to wait. Only who asks is given something, so what an idle or finished subtask leaves goes to
 * the others.
 *
 * <p>While there is too little, it serves in rounds, twenty a second: those that have waited
 * longest first, each what it needs and its share of the rest. Between rounds, and while nobody
 * waits, nothing runs.
 *
 * <p>Thread-safe. Futures end outside its lock, each after {@link #PATIENCE_NANOS} at the latest.
 */
public final class LeaseDesk implements Leases {
  static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /**
   * The service's second and ours are never the same, and what exceeds its own by a little is
   * refused and has to be sent again.
   */
  static final double MARGIN = 0.99;

  private final Alarm alarm;

  // All below is guarded by this.
  private final CapacityLimit limit;
  private final UnitPool pool;
  private final ErrorTally items = new ErrorTally();
  private final List<Waiter> waiters = new ArrayList<>();

  /** Since when a subtask has been asking without having been given anything. */
  private final Map<Integer, Long> hungrySince = new HashMap<>();

  private boolean roundIsSet;

  /** When the round that is set was to be. */
  private long roundAt;

  private long lastRound;
  private double granted;

  private record Waiter(
      LeaseRequest request, long askedAt, long hungrySince, CompletableFuture<Lease> answer) {
    Asker asker() {
      return request.asker();
    }
  }

  /** An answer to give once the lock is released. */
  private record Served(Waiter waiter, Lease lease) {
    void tell() {
      waiter.answer().complete(lease);
    }
  }

  /** Takes over the limit: nobody else may use it. */
  public LeaseDesk(CapacityLimit limit, Alarm alarm) {
    this.limit = limit;
    this.alarm = alarm;
    long now = alarm.nanoTime();
    this.pool = new UnitPool(limit.unitsASecond() * MARGIN, now);
    this.lastRound = now;
  }

  @Override
  public CompletableFuture<Lease> ask(LeaseRequest request) {
    CompletableFuture<Lease> answer = new CompletableFuture<>();
    List<Served> served = new ArrayList<>();
    synchronized (this) {
      long now = alarm.nanoTime();
      supersede(request.asker(), served);
      items.tell(request.asker(), request.tally());
      account(request.usage());
      long since =
          request.want() > 0
              ? hungrySince.computeIfAbsent(request.asker().subtask(), any -> now)
              : now;
      Waiter waiter = new Waiter(request, now, since, answer);
      boolean first = waiters.isEmpty();
      if (request.want() <= 0) {
        served.add(new Served(waiter, lease(0)));
      } else if (first && pool.available(now) >= request.want()) {
        served.add(grant(waiter, request.want()));
      } else {
        waiters.add(waiter);
        setRound(now);
      }
      follow(now);
    }
    served.forEach(Served::tell);
    return answer;
  }

  /** The subtask is gone: it waits no longer, and begins anew when it asks again. */
  public void forget(int subtask) {
    List<Served> served = new ArrayList<>();
    synchronized (this) {
      remove(waiter -> waiter.asker().subtask() == subtask, served);
      hungrySince.remove(subtask);
    }
    served.forEach(Served::tell);
  }

  /** All subtasks are gone, and begin again where a checkpoint stands. */
  public void restart() {
    List<Served> served = new ArrayList<>();
    synchronized (this) {
      remove(waiter -> true, served);
      hungrySince.clear();
      items.clear();
      pool.empty(alarm.nanoTime());
    }
    served.forEach(Served::tell);
  }

  /** What was asked for, or the table, is another from now on. */
  public synchronized void observe(AskedCapacity asked, TableCapacity table) {
    limit.observe(asked, table);
    follow(alarm.nanoTime());
  }

  /** Units a second that are in force. */
  public synchronized double limit() {
    return limit.unitsASecond();
  }

  /** Units that were leased and not returned. */
  public synchronized double granted() {
    return granted;
  }

  /** The items of all subtasks. */
  public synchronized Tally items() {
    return items.total();
  }

  private void account(Usage usage) {
    granted -= usage.returned();
    pool.giveBack(usage.returned());
    limit.granted(-usage.returned());
    if (limit.isFound()) {
      // What is refused is free; but if it were tried again for nothing, ever more would be
      // refused.
      limit.throttled(usage.throttled());
      pool.take(usage.throttled());
    }
  }

  private void round() {
    List<Served> served = new ArrayList<>();
    synchronized (this) {
      roundIsSet = false;
      long now = alarm.nanoTime();
      lastRound = now;
      follow(now);
      if (now - roundAt >= PATIENCE_NANOS) {
        // The process stood still, and who had nobody to ask may have gone on without asking.
        pool.empty(now);
      }
      serve(now, served);
      remove(waiter -> now - waiter.askedAt() >= PATIENCE_NANOS, served);
      setRound(now);
    }
    served.forEach(Served::tell);
  }

  private void serve(long now, List<Served> served) {
    waiters.sort(Comparator.comparingLong(Waiter::hungrySince));
    int next = 0;
    double available = pool.available(now);
    while (next < waiters.size() && available > 0) {
      LeaseRequest request = waiters.get(next).request();
      double share = available / (waiters.size() - next);
      double units = Math.max(request.need(), Math.min(request.want(), share));
      served.add(grant(waiters.get(next), units));
      available -= units;
      next++;
    }
    waiters.subList(0, next).clear();
  }

  private Served grant(Waiter waiter, double units) {
    pool.take(units);
    granted += units;
    limit.granted(units);
    hungrySince.remove(waiter.asker().subtask());
    return new Served(waiter, lease(units));
  }

  /**
   * One question of a subtask at a time: an older one is of an attempt that failed, or given up.
   */
  private void supersede(Asker asker, List<Served> served) {
    remove(waiter -> waiter.asker().subtask() == asker.subtask(), served);
  }

  private void remove(Predicate<Waiter> which, List<Served> served) {
    waiters.removeIf(
        waiter -> {
          boolean removed = which.test(waiter);
          if (removed) {
            served.add(new Served(waiter, lease(0)));
          }
          return removed;
        });
    pool.waitedFor(!waiters.isEmpty(), alarm.nanoTime());
  }

  private void follow(long now) {
    if (limit.advance(now)) {
      pool.rate(limit.unitsASecond() * MARGIN, now);
    }
  }

  private void setRound(long now) {
    pool.waitedFor(!waiters.isEmpty(), now);
    if (waiters.isEmpty() || roundIsSet) {
      return;
    }
    roundIsSet = true;
    long pause = Math.max(0, ROUND_NANOS - (now - lastRound));
    long wait = Math.max(pause, pool.nanosUntil(0, now, PATIENCE_NANOS / 4));
    roundAt = now + wait;
    alarm.schedule(wait, this::round);
  }

  private Lease lease(double units) {
    return new Lease(units, limit.unitsASecond());
  }
}
