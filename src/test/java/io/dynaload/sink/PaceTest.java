package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.capacity.AskedCapacity;
import io.dynaload.capacity.TableCapacity;
import io.dynaload.item.Item;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Write units a second, metered at the table, on a clock that jumps. */
@Timeout(120)
class PaceTest {
  private static final int SECONDS = 25;

  /** As much as is taken, of other keys than the other subtasks. */
  private static PaceRun.Load endless(int subtask) {
    return until(subtask, Long.MAX_VALUE);
  }

  private static PaceRun.Load until(int subtask, long end) {
    return (thread, count) ->
        thread.nanoTime() < end ? TestItems.item(count * 1000 + subtask, "v") : null;
  }

  static Stream<Arguments> limitsAndSubtasks() {
    return IntStream.of(100, 1_000, 5_000)
        .boxed()
        .flatMap(limit -> IntStream.of(1, 2, 8).mapToObj(n -> Arguments.of(limit, n)));
  }

  private static void assertHoldsTheLimit(PaceRun run, double limit) {
    assertThat(run.table().consumed(5, SECONDS)).isBetween(0.97 * limit, 1.00 * limit);
    assertThat(run.table().throttledShare()).isLessThan(0.005);
  }

  @ParameterizedTest
  @MethodSource("limitsAndSubtasks")
  void theLimitIsHeld(int limit, int subtasks) {
    try (PaceRun run = PaceRun.at(limit, subtasks, 1)) {
      IntStream.range(0, subtasks).forEach(subtask -> run.start(endless(subtask)));

      run.time().runUntil(SECONDS * PaceRun.SECOND);

      assertHoldsTheLimit(run, limit);
    }
  }

  @ParameterizedTest
  @MethodSource("limitsAndSubtasks")
  void theLimitIsHeldWithAnIndexThatEveryItemLandsIn(int limit, int subtasks) {
    try (PaceRun run = PaceRun.at(limit, subtasks, 2)) {
      IntStream.range(0, subtasks).forEach(subtask -> run.start(endless(subtask)));

      run.time().runUntil(SECONDS * PaceRun.SECOND);

      assertHoldsTheLimit(run, limit);
    }
  }

  @ParameterizedTest
  @MethodSource("limitsAndSubtasks")
  void oneBusySubtaskHasWhatTheOthersLeave(int limit, int subtasks) {
    try (PaceRun run = PaceRun.at(limit, subtasks, 1)) {
      run.start(endless(0));
      for (int i = 1; i < subtasks; i++) {
        int subtask = i;
        run.start((thread, count) -> null);
      }

      run.time().runUntil(SECONDS * PaceRun.SECOND);

      assertHoldsTheLimit(run, limit);
    }
  }

  @ParameterizedTest
  @MethodSource("limitsAndSubtasks")
  void whatAFinishedSubtaskLeavesGoesToTheOthers(int limit, int subtasks) {
    try (PaceRun run = PaceRun.at(limit, subtasks, 1)) {
      run.start(endless(0));
      for (int i = 1; i < subtasks; i++) {
        run.start(until(i, (3 + 2L * i) * PaceRun.SECOND));
      }

      run.time().runUntil(SECONDS * PaceRun.SECOND);

      assertHoldsTheLimit(run, limit);
    }
  }

  @ParameterizedTest
  @MethodSource("limitsAndSubtasks")
  void skewedSubtasksShareTheLimitAsTheyNeed(int limit, int subtasks) {
    try (PaceRun run = PaceRun.at(limit, subtasks, 1)) {
      run.start(endless(0));
      for (int i = 1; i < subtasks; i++) {
        run.start(trickle(i, PaceRun.SECOND * 20 / limit));
      }

      run.time().runUntil(SECONDS * PaceRun.SECOND);

      assertHoldsTheLimit(run, limit);
    }
  }

  /** An item now and then, at most so often. */
  private static PaceRun.Load trickle(int subtask, long pause) {
    return new PaceRun.Load() {
      @Override
      public Item next(TaskThread thread, long count) throws InterruptedException {
        boolean[] passed = new boolean[1];
        thread.schedule(pause, () -> passed[0] = true);
        while (!passed[0]) {
          thread.yield();
        }
        return TestItems.item(count * 1000 + subtask, "v");
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"1000, 2000, 1", "1000, 2000, 8", "2000, 1000, 1", "5000, 2500, 8", "200, 100, 2"})
  void anotherLimitIsObeyedAtOnce(int before, int after, int subtasks) {
    try (PaceRun run = PaceRun.at(before, subtasks, 1)) {
      IntStream.range(0, subtasks).forEach(subtask -> run.start(endless(subtask)));
      run.time().runUntil(10 * PaceRun.SECOND);

      run.table().capacity(after);
      run.desk().observe(new AskedCapacity.Units(after), TableCapacity.UNKNOWN);
      run.time().runUntil(SECONDS * PaceRun.SECOND);

      assertThat(run.table().consumed(5, 10)).isBetween(0.97 * before, 1.0 * before);
      assertThat(run.table().consumed(11, SECONDS)).isBetween(0.97 * after, 1.0 * after);
      assertThat(run.table().throttledShare()).isLessThan(0.005);
    }
  }

  @Test
  void anIdleTimeIsNotFollowedByABurst() {
    try (PaceRun run = PaceRun.at(1_000, 2, 1)) {
      for (int i = 0; i < 2; i++) {
        int subtask = i;
        run.start(
            (thread, count) -> {
              if (count == 3_000) {
                trickle(subtask, 10 * PaceRun.SECOND).next(thread, count);
              }
              return endless(subtask).next(thread, count);
            });
      }
      run.time().runUntil(25 * PaceRun.SECOND);

      for (int second = 0; second < 25; second++) {
        assertThat(run.table().consumedIn(second)).isLessThan(1_300);
      }
      assertThat(run.table().consumedIn(10)).isLessThan(5);
      assertThat(run.table().consumed(20, 25)).isGreaterThan(970);
    }
  }

  @Test
  void eachWriterGoesOnAtItsShareWhileNobodyAnswers() {
    try (PaceRun run = PaceRun.at(1_000, 4, 1)) {
      IntStream.range(0, 4).forEach(subtask -> run.start(endless(subtask)));
      run.time().runUntil(10 * PaceRun.SECOND);
      run.cut(true);
      run.time().runUntil(40 * PaceRun.SECOND);
      run.cut(false);
      run.time().runUntil(60 * PaceRun.SECOND);

      // Silence is noticed after five seconds.
      assertThat(run.table().consumed(17, 40)).isBetween(970.0, 1_000.0);
      assertThat(run.table().consumed(45, 60)).isBetween(970.0, 1_000.0);
      assertThat(run.table().throttledShare()).isLessThan(0.005);
    }
  }

  @Test
  void aJobThatStartsAgainInAnotherPlaceIsAsFastAsBefore() {
    try (PaceRun run = PaceRun.at(1_000, 4, 1)) {
      IntStream.range(0, 4).forEach(subtask -> run.start(endless(subtask)));
      run.time().runUntil(10 * PaceRun.SECOND);
      run.desk().restart();
      run.time().runUntil(SECONDS * PaceRun.SECOND);

      assertThat(run.table().consumed(10, SECONDS)).isBetween(970.0, 1_000.0);
      assertThat(run.table().throttledShare()).isLessThan(0.005);
    }
  }

  @Test
  void anotherCoordinatorIsFoundAndLeasesOnceItKnowsTheLimit() {
    try (PaceRun run = PaceRun.at(1_000, 4, 1)) {
      IntStream.range(0, 4).forEach(subtask -> run.start(endless(subtask)));
      run.time().runUntil(10 * PaceRun.SECOND);
      run.cut(true);
      run.time().runUntil(20 * PaceRun.SECOND);
      run.replaceDesk(3 * PaceRun.SECOND);
      run.cut(false);
      run.time().runUntil(50 * PaceRun.SECOND);

      // The first ones to find it wait, for it does not know the limit; then all lease again.
      assertThat(run.desk().granted()).isGreaterThan(970 * 25);
      assertThat(run.table().consumed(25, 50)).isBetween(970.0, 1_000.0);
      for (int second = 10; second < 50; second++) {
        assertThat(run.table().consumedIn(second)).isLessThan(1_300);
      }
      assertThat(run.table().throttledShare()).isLessThan(0.005);
    }
  }

  @Test
  void anItemDearerThanABurstIsWrittenToo() {
    try (PaceRun run = PaceRun.at(100, 2, 1)) {
      for (int i = 0; i < 2; i++) {
        int subtask = i;
        run.start(
            (thread, count) ->
                TestItems.sized(count * 1000 + subtask, "v", count % 10 == 0 ? 400_000 : 30));
      }
      run.time().runUntil(400 * PaceRun.SECOND);

      assertThat(run.table().consumed(5, 400)).isBetween(95.0, 100.5);
    }
  }

  @Test
  void whatATableTakesIsFoundByTrying() {
    try (PaceRun run =
        new PaceRun(3_000, new AskedCapacity.Adaptive(), TableCapacity.UNKNOWN, 4, 1)) {
      IntStream.range(0, 4).forEach(subtask -> run.start(endless(subtask)));
      run.time().runUntil(120 * PaceRun.SECOND);
      double first = run.table().consumed(20, 120);
      run.table().capacity(6_000);
      run.time().runUntil(300 * PaceRun.SECOND);

      // A little more than its rate: the table saves up a second's units while it is asked for
      // less.
      assertThat(first).isBetween(0.9 * 3_000, 1.01 * 3_000);
      assertThat(run.table().consumed(200, 300)).isBetween(0.9 * 6_000, 1.01 * 6_000);
      assertThat(run.table().throttledShare()).isLessThan(0.01);
    }
  }
}
