package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadCostsTest {
  @Test
  void theFirstPagesOfATableThatTellsNothingAreSmall() {
    ReadCosts costs = new ReadCosts(false, 0);

    assertThat(costs.items(500)).isEqualTo(20);
    assertThat(costs.units(20)).isEqualTo(10);
    assertThat(costs.items(10_000)).as("as many as the service gives").isZero();
    assertThat(costs.units(0)).isEqualTo(129);
  }

  @Test
  void theFirstPagesOfLargeItemsAreOfFewer() {
    assertThat(new ReadCosts(false, 40_960).items(500)).isEqualTo(5);
    assertThat(new ReadCosts(false, 40_960).units(5)).isEqualTo(25);
    assertThat(new ReadCosts(true, 40_960).items(500)).isEqualTo(2);
    assertThat(new ReadCosts(true, 40_960).units(2)).isEqualTo(20);
    // However small they seem to be: estimates are hours old.
    assertThat(new ReadCosts(false, 10).items(500)).isEqualTo(20);
  }

  @Test
  void whatPagesCostIsLearnedFromThemAlone() {
    ReadCosts costs = new ReadCosts(false, 40_960);
    costs.learn(10, 1);
    assertThat(costs.items(500)).isEqualTo(250);
    costs.learn(0, 0.5);
    assertThat(costs.items(500)).isEqualTo(250);
    costs.learn(100, 40);
    assertThat(costs.units(100)).isEqualTo(19);
  }
}
