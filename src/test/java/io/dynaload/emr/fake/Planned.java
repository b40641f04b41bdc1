package io.dynaload.emr.fake;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one request, in place of what its service would answer at once.
 *
 * @param delay how long the answer takes
 * @param error null if it is not refused
 * @param answer null if the service itself answers
 */
public record Planned(Duration delay, @Nullable AwsError error, @Nullable Answer answer) {
  /** The service answers as it would. */
  public static Planned passes() {
    return late(Duration.ZERO);
  }

  /** The service answers as it would, but after some time. */
  public static Planned late(Duration delay) {
    return new Planned(delay, null, null);
  }

  public static Planned fails(AwsError error) {
    return new Planned(Duration.ZERO, error, null);
  }

  public static Planned answers(Answer answer) {
    return new Planned(Duration.ZERO, null, answer);
  }
}
