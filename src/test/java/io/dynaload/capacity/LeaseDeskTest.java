package io.dynaload.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.capacity.LeaseRequest.Asker;
import io.dynaload.capacity.LeaseRequest.Tally;
import io.dynaload.capacity.LeaseRequest.Usage;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseDeskTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Jumps to the next action. */
  private static final class Clock implements Alarm {
    private record Timer(long at, Runnable action) {}

    private final PriorityQueue<Timer> timers =
        new PriorityQueue<>(Comparator.comparingLong(Timer::at));
    private long now;

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void schedule(long nanos, Runnable action) {
      timers.add(new Timer(now + nanos, action));
    }

    void runUntil(long nanos) {
      for (Timer next = timers.peek(); next != null && next.at() <= nanos; next = timers.peek()) {
        timers.remove();
        now = Math.max(now, next.at());
        next.action().run();
      }
      now = nanos;
    }

    /** Time passes, and nothing runs. */
    void standStill(long nanos) {
      now += nanos;
    }
  }

  private final Clock clock = new Clock();

  private LeaseDesk desk(int limit) {
    return new LeaseDesk(
        new CapacityLimit(new AskedCapacity.Units(limit), TableCapacity.UNKNOWN), clock);
  }

  private static LeaseRequest request(int subtask, double need, double want) {
    return new LeaseRequest(new Asker(subtask, 0), need, want, Usage.NONE, Tally.NONE);
  }

  private static LeaseRequest tells(int subtask, int attempt, long rejected, long seen) {
    return new LeaseRequest(
        new Asker(subtask, attempt), 0, 0, Usage.NONE, new Tally(rejected, seen));
  }

  private static double units(CompletableFuture<Lease> answer) {
    assertThat(answer).isCompleted();
    return answer.join().units();
  }

  @Test
  void itBeginsEmptyAndSavesUpNoMoreThanABurst() {
    LeaseDesk desk = desk(1_000);
    CompletableFuture<Lease> first = desk.ask(request(0, 1, 1_000));
    assertThat(first).isNotDone();
    clock.runUntil(50 * MILLI);
    assertThat(units(first)).isBetween(1.0, 50.0);

    clock.runUntil(100 * SECOND);
    CompletableFuture<Lease> later = desk.ask(request(0, 1, 1_000));
    clock.runUntil(101 * SECOND);

    assertThat(units(later)).isLessThanOrEqualTo(200);
  }

  @Test
  void whoHasWaitedLongestIsServedFirstAndTheRestIsShared() {
    LeaseDesk desk = desk(1_000);
    CompletableFuture<Lease> costly = desk.ask(request(0, 60, 60));
    CompletableFuture<Lease> next = desk.ask(request(1, 1, 1_000));
    clock.runUntil(51 * MILLI);

    assertThat(units(costly)).isEqualTo(60);
    assertThat(next).isNotDone();
    clock.runUntil(200 * MILLI);
    assertThat(units(next)).isGreaterThan(1);
  }

  @Test
  void whatCostsMoreThanABurstIsBorrowedAndPaidForBeforeAnythingElse() {
    LeaseDesk desk = desk(100);
    CompletableFuture<Lease> costly = desk.ask(request(0, 400, 400));
    clock.runUntil(100 * MILLI);
    assertThat(units(costly)).isEqualTo(400);

    CompletableFuture<Lease> next = desk.ask(request(1, 1, 1));
    clock.runUntil(3 * SECOND);

    // Told that somebody is there; its turn stands.
    assertThat(units(next)).isZero();
    CompletableFuture<Lease> again = desk.ask(request(1, 1, 1));
    CompletableFuture<Lease> newer = desk.ask(request(2, 100, 100));
    clock.runUntil(4_500 * MILLI);
    assertThat(units(again)).isEqualTo(1);
    assertThat(units(newer)).isEqualTo(100);
  }

  @Test
  void aSubtaskThatIsGoneIsGivenNothing() {
    LeaseDesk desk = desk(1_000);
    CompletableFuture<Lease> gone = desk.ask(request(0, 10, 10));
    CompletableFuture<Lease> stays = desk.ask(request(1, 10, 10));

    desk.forget(0);
    clock.runUntil(100 * MILLI);

    assertThat(units(gone)).isZero();
    assertThat(units(stays)).isEqualTo(10);
    assertThat(desk.granted()).isEqualTo(10);
  }

  @Test
  void aRestartIsNotFollowedByABurst() {
    LeaseDesk desk = desk(1_000);
    clock.runUntil(10 * SECOND);

    desk.restart();
    CompletableFuture<Lease> lease = desk.ask(request(0, 1, 1_000));
    clock.runUntil(10 * SECOND + 60 * MILLI);

    assertThat(units(lease)).isLessThanOrEqualTo(60);
  }

  @Test
  void aLateRoundMakesUpForWhatCouldNotBeGiven() {
    LeaseDesk desk = desk(1_000);
    CompletableFuture<Lease> lease = desk.ask(request(0, 1, 1_000));

    clock.standStill(800 * MILLI);
    clock.runUntil(800 * MILLI);

    assertThat(units(lease)).isBetween(700.0, 800.0);
  }

  @Test
  void afterAStandstillInWhichSubtasksGoOnAloneNothingIsMadeUpFor() {
    LeaseDesk desk = desk(1_000);
    CompletableFuture<Lease> givenUp = desk.ask(request(0, 1, 1_000));
    desk.ask(request(1, 1, 1_000));
    clock.runUntil(10 * MILLI);

    clock.standStill(10 * SECOND);
    CompletableFuture<Lease> lease = desk.ask(request(0, 1, 1_000));
    clock.runUntil(10_080 * MILLI);

    assertThat(units(givenUp)).isZero();
    assertThat(desk.granted()).isBetween(1.0, 70.0);
    assertThat(units(lease)).isPositive();
  }

  @Test
  void itemsAreSummedUpOverSubtasksAndOnceOverAttempts() {
    LeaseDesk desk = desk(1_000);
    desk.ask(tells(0, 0, 1, 100));
    desk.ask(tells(1, 0, 2, 200));
    desk.ask(tells(1, 0, 3, 300));
    assertThat(desk.items()).isEqualTo(new Tally(4, 400));

    desk.ask(tells(1, 1, 1, 150));
    desk.ask(tells(1, 0, 9, 900)); // late, of the attempt that failed
    assertThat(desk.items()).isEqualTo(new Tally(2, 250));

    desk.restart();
    assertThat(desk.items()).isEqualTo(Tally.NONE);
  }

  @Test
  void nothingRunsWhileNobodyWaits() {
    LeaseDesk desk = desk(1_000);
    desk.ask(request(0, 1, 10));
    clock.runUntil(SECOND);

    assertThat(clock.timers).isEmpty();
  }
}
