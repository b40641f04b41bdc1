package io.dynaload.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskedCapacityTest {
  private static final TableCapacity PROVISIONED =
      new TableCapacity(OptionalLong.of(1_000), OptionalLong.of(4_000), OptionalLong.empty());
  private static final TableCapacity WARM =
      new TableCapacity(OptionalLong.empty(), OptionalLong.of(12_000), OptionalLong.empty());
  private static final TableCapacity CAPPED =
      new TableCapacity(OptionalLong.empty(), OptionalLong.of(12_000), OptionalLong.of(500));

  @ParameterizedTest
  @CsvSource({"7000, 7000", "80%, 80%", "12.5 %, 12.5%", "adaptive, adaptive", "' 1\n', 1"})
  void eachFormIsReadAndShown(String text, String shown) {
    assertThat(AskedCapacity.parse(text)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "-1", "0%", "1001%", "10000001", "fast", "7000 WCU", "1e3", "80%%", "%"})
  void anotherTextIsRefused(String text) {
    assertThatThrownBy(() -> AskedCapacity.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is not ");
  }

  @Test
  void theLimitFollowsFromWhatIsAskedForAndTheTable() {
    assertThat(limit("700", PROVISIONED)).isEqualTo(700);
    assertThat(limit("50%", PROVISIONED)).isEqualTo(500);
    assertThat(limit("50%", WARM)).isEqualTo(6_000);
    assertThat(limit("50%", CAPPED)).isEqualTo(250);
    assertThat(limit("50%", TableCapacity.UNKNOWN)).isEqualTo(2_000);
    assertThat(limit("adaptive", WARM)).isEqualTo(12_000);
    assertThat(limit("adaptive", TableCapacity.UNKNOWN)).isEqualTo(4_000);
  }

  @Test
  void whoAsksForNothingGetsAShareOfWhatIsPaidForOrWhatTryingFinds() {
    AskedCapacity nothing = new AskedCapacity.ByTable();

    assertThat(new CapacityLimit(nothing, PROVISIONED).unitsASecond()).isEqualTo(800);
    assertThat(new CapacityLimit(nothing, WARM).unitsASecond()).isEqualTo(12_000);
    assertThat(CapacityLimit.resolved(nothing, WARM)).isEqualTo(new AskedCapacity.Adaptive());
  }

  @Test
  void aCeilingThatWasFoundIsKeptWhenTheTableIsLookedAtAgain() {
    CapacityLimit limit = new CapacityLimit(new AskedCapacity.Adaptive(), WARM);
    limit.advance(0);
    limit.granted(6_000);
    limit.throttled(6_000);
    limit.advance(1_000_000_000L);
    assertThat(limit.unitsASecond()).isBetween(5_000.0, 6_000.0);

    limit.observe(new AskedCapacity.Adaptive(), WARM);
    assertThat(limit.unitsASecond()).isLessThan(6_000);

    limit.observe(new AskedCapacity.Units(100), WARM);
    assertThat(limit.unitsASecond()).isEqualTo(100);
  }

  private static double limit(String asked, TableCapacity table) {
    return new CapacityLimit(AskedCapacity.parse(asked), table).unitsASecond();
  }
}
