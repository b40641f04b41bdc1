package io.dynaload.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CapacityWatchTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final ImportException DENIED =
      new ImportException(ErrorCode.SOURCE, "access denied", "Allow it.");

  private final VirtualTime time = new VirtualTime();
  private final List<Long> limits = new ArrayList<>();
  private boolean denied;
  private long units = 200;

  @AfterEach
  void stop() {
    time.close();
  }

  private TableCapacity look() {
    if (denied) {
      throw DENIED;
    }
    return new TableCapacity(OptionalLong.of(units), OptionalLong.empty(), OptionalLong.empty());
  }

  private void start(Alarm alarm) {
    CapacityProbe probe =
        new CapacityProbe("read-capacity", AskedCapacity.DEFAULT_PERCENT, this::look);
    new CapacityWatch(
            probe,
            Duration.ofSeconds(30),
            (asked, table) -> limits.add(table.provisioned().orElse(0)),
            alarm)
        .start();
  }

  @Test
  void itPassesOnWhatHasChanged() {
    start(time);
    time.runUntil(65 * SECOND);
    units = 300;
    time.runUntil(95 * SECOND);
    assertThat(limits).containsExactly(200L, 300L);
  }

  @Test
  void whatCannotBeSeenForAWhileLeavesThingsAsTheyAre() {
    start(time);
    time.runUntil(SECOND);
    denied = true;
    time.runUntil(600 * SECOND);
    denied = false;
    units = 300;
    time.runUntil(640 * SECOND);
    assertThat(limits).containsExactly(200L, 300L);
  }

  @Test
  void whoHasSeenNothingForAMinuteFails() {
    denied = true;
    start(time);
    time.runUntil(59 * SECOND);
    assertThatThrownBy(() -> time.runUntil(63 * SECOND)).isSameAs(DENIED);
  }

  @Test
  void theMinuteBeginsWithTheFirstLookHoweverLongOthersKeepTheThread() {
    denied = true;
    Alarm busy =
        new Alarm() {
          private boolean was;

          @Override
          public long nanoTime() {
            return time.nanoTime();
          }

          @Override
          public void schedule(long nanos, Runnable action) {
            time.schedule(was ? nanos : 120 * SECOND, action);
            was = true;
          }
        };
    start(busy);
    time.runUntil(179 * SECOND);
    denied = false;
    time.runUntil(185 * SECOND);
    assertThat(limits).containsExactly(200L);
  }
}
