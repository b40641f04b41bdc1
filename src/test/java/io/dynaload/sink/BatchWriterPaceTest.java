package io.dynaload.sink;

import static io.dynaload.sink.ScriptedService.fails;
import static io.dynaload.sink.ScriptedService.leaves;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchWriterPaceTest extends BatchWriterFixture {
  @ParameterizedTest
  @CsvSource({
    "1, 80, 0",
    "50, 80, 0",
    "500, 80, 0",
    "500, 1500, 3",
    "2500, 80, 3",
    "2500, 400000, 0"
  })
  void theRateIsKept(double rate, int size, long lateMillis) throws Exception {
    thread.late(lateMillis * MILLI);
    BatchWriter writer = writer(rate);
    long seconds = rate < 10 || size > 100_000 ? 1000 : 10;

    for (int id = 0; thread.nanoTime() < (seconds + 1) * SECOND; id++) {
      write(writer, TestItems.sized(id, "v", size));
    }

    long units =
        service.calls().stream()
            .filter(call -> call.at() <= seconds * SECOND)
            .mapToLong(ScriptedService.Call::units)
            .sum();
    assertThat((double) units).isBetween(0.99 * rate * seconds, 1.01 * rate * seconds);
  }

  @Test
  void noSecondSeesABurst() throws Exception {
    BatchWriter writer = writer(500);
    thread.runUntil(10 * SECOND); // idle: nothing is saved up but a tenth of a second

    for (int id = 0; thread.nanoTime() < 13 * SECOND; id++) {
      write(writer, TestItems.item(id, "v"));
    }

    for (ScriptedService.Call first : service.calls()) {
      long inASecond =
          service.calls().stream()
              .filter(c -> c.at() >= first.at() && c.at() < first.at() + SECOND)
              .mapToLong(ScriptedService.Call::units)
              .sum();
      assertThat(inASecond).isLessThanOrEqualTo(500 + 50 + 25);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 20, 100, 500})
  void aDrainTakesAboutASecondAtAnyRate(double rate) throws Exception {
    BatchWriter writer = writer(rate);
    for (int id = 0; thread.nanoTime() < 10 * SECOND; id++) {
      write(writer, TestItems.item(id, "v"));
    }
    long before = thread.nanoTime();

    writer.drain();

    assertThat(thread.nanoTime() - before).isLessThan((long) (SECOND * Math.max(1, 2 / rate)));
    assertThat(writer.isEmpty()).isTrue();
  }

  @Test
  void unitsThatACallDidNotUseComeBackAndThoseOfIndexesAreTaken() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(
        fails(THROTTLE),
        leaves(5),
        keys -> new Answer.Taken(15, Set.of()),
        fails(SERVER_ERROR),
        keys -> new Answer.Taken(0, Set.of()));
    write(writer, 0, 25);
    writer.drain();
    assertThat(budget.settled()).isEqualTo(20 + 15);
    assertThat(budget.outstanding()).isZero();
    assertThat(budget.refused()).isEqualTo(25 + 5);

    write(writer, 25, 35);
    writer.drain();
    assertThat(budget.settled()).isEqualTo(20 + 15);
    assertThat(budget.outstanding()).isZero();
    assertThat(budget.unsettled()).isEqualTo(10 + 10); // may have written; does not say its cost
  }
}
