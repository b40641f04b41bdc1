package io.dynaload.capacity;

import io.dynaload.capacity.LeaseRequest.Asker;
import io.dynaload.capacity.LeaseRequest.Tally;
import io.dynaload.capacity.LeaseRequest.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subtask's part of the job's budget, leased a little at a time, before it runs out. What it does
 * not use it gives back after half a second, and at its end.
 *
 * <p>What calls really cost is learned: the next ones are charged accordingly, and the difference
 * is settled when the answer is there.
 *
 * <p>If nobody answers for {@link #PATIENCE_NANOS}, it goes on at the last limit ÷ the number of
 * subtasks, which can never exceed the job's limit, and asks again every second.
 *
 * <p>Lives in its {@link ActionThread} alone and never waits.
 */
public final class LeasedBudget implements Budget, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedBudget.class);

  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * What may be missing of a call's cost, to be made up for by the next lease: answers that came
   * since it was asked for have changed what is owed by a little, and another turn would be lost
   * for it.
   */
  private static final double OVERDRAFT = 0.1;

  private final Place place;
  private final Leases leases;
  private final Supplier<Tally> tally;
  private final ActionThread thread;
  private final CostRatio costs;
  private final LeaseSize size = new LeaseSize();

  private volatile double limit; // the metrics read it
  private double units;
  private double lastCost;
  private long lastTake;
  private double throttled;

  private final List<Runnable> waiting = new ArrayList<>();
  private double needed;

  /** Each question has a number, so that an answer that came too late is known. */
  private int question;

  private boolean asking;
  private long askedAt;

  /** The subtask's own share, while nobody answers. */
  private @Nullable UnitPool alone;

  /** There is one look at the own share to come, however often it was asked for. */
  private boolean lookIsSet;

  private boolean closed;

  /**
   * Which subtask of how many.
   *
   * @param subtasks of the job that use the budget
   */
  public record Place(Asker asker, int subtasks) {}

  public LeasedBudget(Place place, Leases leases, Supplier<Tally> tally, ActionThread thread) {
    this(place, leases, tally, new CostRatio(), thread);
  }

  /** A budget of calls whose cost is estimated by whoever makes them, and not learned here. */
  public static LeasedBudget asEstimated(Place place, Leases leases, ActionThread thread) {
    return new LeasedBudget(place, leases, () -> Tally.NONE, CostRatio.fixed(), thread);
  }

  private LeasedBudget(
      Place place, Leases leases, Supplier<Tally> tally, CostRatio costs, ActionThread thread) {
    this.place = place;
    this.costs = costs;
    this.leases = leases;
    this.tally = tally;
    this.thread = thread;
    this.lastTake = thread.nanoTime();
    ask();
    thread.schedule(BEAT_NANOS, this::beat);
  }

  @Override
  public double limit() {
    return limit;
  }

  @Override
  public boolean tryTake(long estimated, Runnable whenMore) {
    double cost = costs.of(estimated);
    lastCost = cost;
    drawAlone(cost);
    if (lacks(cost)) {
      needed = waiting.isEmpty() ? cost : Math.max(needed, cost);
      waiting.add(whenMore);
      getMore();
      return false;
    }
    units -= cost;
    costs.taken(estimated, cost);
    lastTake = thread.nanoTime();
    if (units < size.units() / 2) {
      getMore();
    }
    return true;
  }

  @Override
  public void settle(long estimated, double consumed) {
    units += costs.settled(estimated, consumed) - consumed;
  }

  @Override
  public void unsettled(long estimated) {
    costs.end(estimated);
  }

  @Override
  public void throttled(long estimated) {
    throttled += costs.of(estimated);
  }

  /** Gives back what is left; the budget is not used any more. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      question++;
      leases.ask(request(0, 0, units));
      units = 0;
    }
  }

  private boolean lacks(double cost) {
    return units < cost * (1 - OVERDRAFT);
  }

  private void getMore() {
    if (alone != null) {
      drawLater(alone);
    } else {
      ask();
    }
  }

  private void ask() {
    if (asking || closed) {
      return;
    }
    double need = Math.max(0, (waiting.isEmpty() ? lastCost : needed) - units);
    size.ask(thread.nanoTime(), limit);
    send(request(need, Math.max(need, size.units()), 0));
  }

  private void send(LeaseRequest request) {
    asking = true;
    askedAt = thread.nanoTime();
    int number = ++question;
    leases
        .ask(request)
        .whenComplete((lease, failure) -> thread.execute(() -> answered(number, lease, failure)));
  }

  private LeaseRequest request(double need, double want, double returned) {
    Usage usage = new Usage(returned, throttled);
    throttled = 0;
    return new LeaseRequest(place.asker(), need, want, usage, tally.get());
  }

  private void answered(int number, @Nullable Lease lease, @Nullable Throwable failure) {
    if (number != question || closed) {
      return; // It was given up; the units that it brings were made up for alone.
    }
    asking = false;
    if (lease == null) {
      goOnAlone(String.valueOf(failure));
      return;
    }
    if (alone != null) {
      LOG.info("The coordinator of the capacity answers again");
      alone = null;
    }
    limit = lease.limit();
    units += lease.units();
    size.leased(thread.nanoTime(), lease.units());
    if (waiting.isEmpty()) {
      return;
    }
    if (!lacks(needed)) {
      wake();
    } else if (lease.units() > 0) {
      ask();
    } else {
      thread.schedule(ASK_AGAIN_NANOS, this::askIfWaiting);
    }
  }

  private void askIfWaiting() {
    if (!waiting.isEmpty()) {
      getMore();
    }
  }

  private void wake() {
    List<Runnable> woken = List.copyOf(waiting);
    waiting.clear();
    woken.forEach(Runnable::run);
  }

  /** Sees to what nobody asks for: that idle units go back, and that silence is noticed. */
  private void beat() {
    if (closed) {
      return;
    }
    thread.schedule(BEAT_NANOS, this::beat);
    long now = thread.nanoTime();
    if (asking) {
      if (now - askedAt >= PATIENCE_NANOS) {
        question++;
        asking = false;
        goOnAlone("no answer for " + TimeUnit.NANOSECONDS.toSeconds(now - askedAt) + " s");
      }
    } else if (alone != null || waiting.isEmpty()) {
      report(now);
    }
  }

  private void report(long now) {
    boolean idle = alone == null && units != 0 && now - lastTake >= IDLE_NANOS;
    if (idle || now - askedAt >= REPORT_NANOS) {
      double returned = idle ? units : 0;
      units -= returned;
      send(request(0, 0, returned));
    }
  }

  private void goOnAlone(String why) {
    if (alone == null) {
      LOG.warn(
          "The coordinator of the capacity is out of reach; this subtask goes on at its share"
              + " of the limit: {}",
          why);
      alone = new UnitPool(limit / place.subtasks(), thread.nanoTime());
    }
    if (!waiting.isEmpty()) {
      drawLater(alone);
    }
  }

  /** Moves what the own share has brought, up to a cost, to the units at hand. */
  private void drawAlone(double cost) {
    UnitPool pool = alone;
    if (pool != null && lacks(cost) && pool.available(thread.nanoTime()) > 0) {
      // Overdrawn, so that any cost is served in the end.
      pool.take(cost - units);
      units = cost;
    }
  }

  private void drawLater(UnitPool pool) {
    if (waiting.isEmpty() || lookIsSet) {
      return;
    }
    lookIsSet = true;
    long nanos = pool.nanosUntil(0, thread.nanoTime(), REPORT_NANOS);
    thread.schedule(Math.max(nanos, ASK_AGAIN_NANOS), this::drawOrWait);
  }

  private void drawOrWait() {
    lookIsSet = false;
    UnitPool pool = alone;
    if (waiting.isEmpty() || pool == null) {
      askIfWaiting();
      return;
    }
    drawAlone(needed);
    if (!lacks(needed)) {
      wake();
    } else {
      drawLater(pool);
    }
  }
}
