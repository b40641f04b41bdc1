package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NeedsAwsCliTest {
  @Test
  void skipsWhereItIsMissingButNotWhereNothingMayBeSkipped() {
    assertThat(NeedsAwsCli.Condition.decide("it", true, true).isDisabled()).isFalse();
    assertThat(NeedsAwsCli.Condition.decide("it", false, false).isDisabled()).isTrue();
    assertThatThrownBy(() -> NeedsAwsCli.Condition.decide("it", false, true))
        .hasMessageContaining("apt-get install awscli");
  }
}
