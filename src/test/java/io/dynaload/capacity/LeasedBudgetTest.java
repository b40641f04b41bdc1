package io.dynaload.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.capacity.LeaseRequest.Asker;
import io.dynaload.capacity.LeaseRequest.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One writer of four, and a coordinator that answers as the test says. */
class LeasedBudgetTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int LIMIT = 1_000;
  private static final int CALL = 25;
  private static final int WRITERS = 4;
  private static final double SHARE = (double) LIMIT / WRITERS;

  private final ManualThread thread = new ManualThread();
  private final List<LeaseRequest> requests = new ArrayList<>();
  private Function<LeaseRequest, CompletableFuture<Lease>> coordinator =
      request -> answer(request.want());

  /** How often the budget had the thread run because a time had come. */
  private long wakeups;

  private long taken;
  private boolean idle;

  private static CompletableFuture<Lease> answer(double units) {
    return CompletableFuture.completedFuture(new Lease(units, LIMIT));
  }

  private LeasedBudget budget() {
    ActionThread counting =
        new ActionThread() {
          @Override
          public long nanoTime() {
            return thread.nanoTime();
          }

          @Override
          public void schedule(long nanos, Runnable action) {
            thread.schedule(
                nanos,
                () -> {
                  wakeups++;
                  action.run();
                });
          }

          @Override
          public void execute(Runnable action) {
            thread.execute(action);
          }
        };
    LeasedBudget budget =
        new LeasedBudget(
            new LeasedBudget.Place(new Asker(0, 0), WRITERS),
            request -> {
              requests.add(request);
              return coordinator.apply(request);
            },
            () -> Tally.NONE,
            counting);
    runFor(MILLI);
    return budget;
  }

  /** A call each 25 milliseconds, so as much as the whole job may have, or when there is enough. */
  private void keepTaking(LeasedBudget budget) {
    if (!idle && budget.tryTake(CALL, () -> keepTaking(budget))) {
      taken += CALL;
      budget.settle(CALL, CALL);
      thread.schedule(25 * MILLI, () -> keepTaking(budget));
    }
  }

  /** Call after call, as long as there is enough, and again when there is. */
  private void takeAll(LeasedBudget budget) {
    while (budget.tryTake(CALL, () -> takeAll(budget))) {
      taken += CALL;
      budget.settle(CALL, CALL);
    }
  }

  private void runFor(long nanos) {
    thread.runUntil(thread.nanoTime() + nanos);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aWriterThatNobodyAnswersHasItsShareAndSleepsInBetween(boolean failsAtOnce) {
    LeasedBudget budget = budget();
    coordinator =
        request ->
            failsAtOnce
                ? CompletableFuture.failedFuture(new IOException("no JobManager"))
                : new CompletableFuture<>();
    takeAll(budget);
    runFor(10 * SECOND);
    taken = 0;

    runFor(590 * SECOND);
    wakeups = 0;
    runFor(10 * SECOND);

    assertThat(taken).isBetween((long) (0.97 * SHARE * 600), (long) (1.01 * SHARE * 600));
    assertThat(wakeups).isLessThanOrEqualTo(10 * 25);
  }

  @Test
  void aWriterThatIsAnsweredAgainHasMoreThanItsShare() {
    LeasedBudget budget = budget();
    coordinator = request -> new CompletableFuture<>();
    keepTaking(budget);
    runFor(20 * SECOND);
    coordinator = request -> answer(request.want());
    runFor(6 * SECOND);
    taken = 0;

    runFor(10 * SECOND);

    assertThat(taken).isGreaterThan((long) (0.99 * LIMIT * 10));
  }

  @Test
  void aCoordinatorThatHasNothingToGiveIsNotPestered() {
    LeasedBudget budget = budget();
    coordinator = request -> answer(0);
    keepTaking(budget);
    runFor(SECOND);
    requests.clear();

    runFor(10 * SECOND);

    assertThat(requests.size()).isBetween(5, 10 * 20 + 1);
  }

  @Test
  void anAnswerToAQuestionThatWasGivenUpBringsNothing() {
    LeasedBudget budget = budget();
    List<CompletableFuture<Lease>> open = new ArrayList<>();
    coordinator =
        request -> {
          CompletableFuture<Lease> answer = new CompletableFuture<>();
          open.add(answer);
          return answer;
        };
    keepTaking(budget);
    runFor(5_900 * MILLI);
    assertThat(open).isNotEmpty();
    taken = 0;

    // Each question before the last was given up; the coordinator has booked what it gives.
    open.subList(0, open.size() - 1).forEach(late -> late.complete(new Lease(5_000, LIMIT)));
    runFor(4 * SECOND);

    assertThat(open).hasSizeGreaterThan(1);
    assertThat(taken).isLessThan((long) (1.3 * SHARE * 4));
  }

  @Test
  void aWriterThatTheCoordinatorForgotAsksAgainSoon() {
    LeasedBudget budget = budget();
    List<CompletableFuture<Lease>> open = new ArrayList<>();
    coordinator =
        request -> {
          CompletableFuture<Lease> answer = new CompletableFuture<>();
          open.add(answer);
          return answer;
        };
    keepTaking(budget);
    runFor(SECOND);
    taken = 0;

    // What it answers to all that wait when it begins anew.
    coordinator = request -> answer(request.want());
    open.forEach(forgotten -> forgotten.complete(new Lease(0, LIMIT)));
    runFor(100 * MILLI);

    assertThat(taken).isGreaterThan(40);
  }

  @Test
  void whatAnIdleWriterHasGoesBackOnce() {
    LeasedBudget budget = budget();
    keepTaking(budget);
    runFor(SECOND);
    idle = true;
    runFor(2 * SECOND);
    double unused = leased() - taken;
    assertThat(unused).isPositive();
    assertThat(returned()).isEqualTo(unused);

    runFor(10 * SECOND);
    budget.close();

    assertThat(returned()).isEqualTo(unused);
  }

  private double leased() {
    return requests.stream().mapToDouble(LeaseRequest::want).sum();
  }

  private double returned() {
    return requests.stream().mapToDouble(request -> request.usage().returned()).sum();
  }
}
