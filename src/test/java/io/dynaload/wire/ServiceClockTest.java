package io.dynaload.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ServiceClockTest {
  private static final Instant LOCAL = Instant.parse("2026-01-02T03:00:00Z");
  private static final String TEN_MINUTES_LATER = "Fri, 2 Jan 2026 03:10:00 GMT";

  private final ServiceClock clock = new ServiceClock(Clock.fixed(LOCAL, ZoneOffset.UTC));

  @Test
  void aSignatureThatIsTooOldSetsTheClock() {
    assertThat(clock.learn("InvalidSignatureException", TEN_MINUTES_LATER, LOCAL)).isTrue();
    assertThat(clock.instant()).isEqualTo(LOCAL.plusSeconds(600));
  }

  @Test
  void aCallThatWasSignedBeforeItWasSetIsWorthAnotherTry() {
    assertThat(clock.learn("RequestTimeTooSkewed", TEN_MINUTES_LATER, LOCAL)).isTrue();
    assertThat(clock.learn("RequestTimeTooSkewed", TEN_MINUTES_LATER, LOCAL)).isTrue();
  }

  @Test
  void aSignatureThatIsWrongAtTheRightTimeStaysWrong() {
    clock.learn("InvalidSignatureException", TEN_MINUTES_LATER, LOCAL);

    assertThat(clock.learn("InvalidSignatureException", TEN_MINUTES_LATER, LOCAL.plusSeconds(600)))
        .isFalse();
  }

  @Test
  void otherErrorsTellNoTime() {
    assertThat(clock.learn("ValidationException", TEN_MINUTES_LATER, LOCAL)).isFalse();
    assertThat(clock.learn("InvalidSignatureException", "", LOCAL)).isFalse();
    assertThat(clock.learn("InvalidSignatureException", "yesterday", LOCAL)).isFalse();
    assertThat(clock.instant()).isEqualTo(LOCAL);
  }
}
