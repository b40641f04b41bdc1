package io.dynaload.wire;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/**
 * This machine's clock, set by the service's when the two differ too much for a signature to be
 * taken: the service refuses one that is more than 5 minutes off (IAM user guide, "Signature
 * Version 4"). Thread-safe.
 */
final class ServiceClock extends Clock {
  private static final Duration TOLERATED = Duration.ofMinutes(4);

  private static final Set<String> ABOUT_TIME =
      Set.of(
          "RequestTimeTooSkewed",
          "RequestExpired",
          "RequestInTheFuture",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "AuthFailure");

  private final Clock local;
  private volatile Duration offset = Duration.ZERO;

  ServiceClock(Clock local) {
    this.local = local;
  }

  /**
   * Learns from an error what the time is, if the time may be its reason.
   *
   * @param code the service's error code
   * @param date the answer's Date header, or ""
   * @param signedAt the time that the call was signed with
   * @return whether the clock was off, so that the call is worth signing once more
   */
  boolean learn(String code, String date, Instant signedAt) {
    if (!ABOUT_TIME.contains(code) || date.isEmpty()) {
      return false;
    }
    try {
      Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      if (Duration.between(signedAt, theirs).abs().compareTo(TOLERATED) < 0) {
        return false;
      }
      offset = Duration.between(local.instant(), theirs);
      return true;
    } catch (DateTimeException e) {
      return false; // Not a date: nothing is learnt, and the error stands as it is.
    }
  }

  @Override
  public Instant instant() {
    return local.instant().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Signatures are in UTC");
  }
}
