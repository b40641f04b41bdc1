package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListedStepTest {
  private final ListedStep orders =
      step("dynaload orders", "PENDING", "step", "--resume", "latest", "--set", "a=b");
  private final ListedStep readings =
      step("dynaload readings", "COMPLETED", "x.jar", "step", "--file", "f");

  private static ListedStep step(String name, String state, String... arguments) {
    return new ListedStep("s-1", name, state, List.of(arguments));
  }

  @Test
  void theImportsAreOursThatDoNotStopOthers() {
    assertThat(orders.isImport()).isTrue();
    assertThat(step("dynaload readings stop", "RUNNING", "step", "--stop").isImport()).isFalse();
    assertThat(step("someone else's", "RUNNING", "ls").isImport()).isFalse();
  }

  @Test
  void oneThatWaitsOrIsBeingCancelledHasNotEnded() {
    assertThat(orders.hasNotEnded()).isTrue();
    assertThat(step("n", "CANCEL_PENDING").hasNotEnded()).isTrue();
    assertThat(readings.hasNotEnded()).isFalse();
  }

  @Test
  void anImportIsTheSameByAllItsArgumentsButWhereItBegins() {
    assertThat(orders.isLike(List.of("step", "--set", "a=b"))).isTrue();
    assertThat(orders.isLike(List.of("step", "--set", "a=c"))).isFalse();
    assertThat(readings.isLike(List.of("y.jar", "step", "--file", "f"))).isFalse();
    assertThat(readings.importsLike(List.of("y.jar", "step", "--file", "f"))).isTrue();
    assertThat(readings.importsLike(List.of("y.jar", "step", "--file", "g"))).isFalse();
  }

  @Test
  void anImportIsStoppedByItsOwnArguments() {
    assertThat(orders.toStop()).containsExactly("step", "--set", "a=b", "--stop");
    assertThat(readings.toStop()).containsExactly("x.jar", "step", "--file", "f", "--stop");
  }
}
