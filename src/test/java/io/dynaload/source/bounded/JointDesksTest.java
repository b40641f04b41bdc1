package io.dynaload.source.bounded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynaload.capacity.AskedCapacity;
import io.dynaload.capacity.CapacityWatch;
import io.dynaload.capacity.LeaseRequest;
import io.dynaload.capacity.LeaseRequest.Asker;
import io.dynaload.capacity.LeaseRequest.Tally;
import io.dynaload.capacity.LeaseRequest.Usage;
import io.dynaload.capacity.TableCapacity;
import io.dynaload.capacity.VirtualTime;
import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JointDesksTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final TableCapacity PROVISIONED =
      new TableCapacity(OptionalLong.of(200), OptionalLong.empty(), OptionalLong.empty());
  private static final AskedCapacity HALF = new AskedCapacity.Percent(BigDecimal.valueOf(50));
  private static final AskedCapacity UNITS = new AskedCapacity.Units(300);

  private final VirtualTime time = new VirtualTime();
  private final JointDesks desks = new JointDesks(time);
  private final CapacityWatch.Listener one = desks.open("one");
  private final CapacityWatch.Listener two = desks.open("two");

  @AfterEach
  void stop() {
    time.close();
  }

  /** A reader that takes all that it gets, from now on. */
  private void drain(String budget, int subtask) {
    desks
        .ask(budget, new LeaseRequest(new Asker(subtask, 0), 1, 5, Usage.NONE, Tally.NONE))
        .thenRun(() -> time.schedule(1_000, () -> drain(budget, subtask)));
  }

  private double unitsASecond(int from, int to) {
    time.runUntil(from * SECOND);
    double before = desks.granted();
    time.runUntil(to * SECOND);
    return (desks.granted() - before) / (to - from);
  }

  private void observe(AskedCapacity asked) {
    one.observe(asked, PROVISIONED);
    two.observe(asked, PROVISIONED);
  }

  @Test
  void aNumberOfUnitsCountsOnceForAllAndAShareForEach() {
    observe(HALF);
    drain("one", 0);
    drain("two", 1);
    assertThat(desks.limit()).isEqualTo(200);
    assertThat(unitsASecond(1, 5)).isCloseTo(198, within(4.0));

    observe(UNITS);
    assertThat(desks.limit()).isEqualTo(300);
    assertThat(unitsASecond(6, 10)).isCloseTo(297, within(6.0));

    observe(HALF);
    assertThat(desks.limit()).isEqualTo(200);
    assertThat(unitsASecond(11, 15)).isCloseTo(198, within(4.0));
  }

  @Test
  void whoeverIsLeftGetsAllOfANumber() {
    observe(UNITS);
    drain("two", 1);
    assertThat(unitsASecond(1, 5)).isCloseTo(297, within(6.0));
  }

  @Test
  void aBudgetThatNobodyOpenedIsAMistake() {
    assertThatThrownBy(
            () ->
                desks.ask("three", new LeaseRequest(new Asker(0, 0), 1, 1, Usage.NONE, Tally.NONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No budget has the name three");
  }
}
