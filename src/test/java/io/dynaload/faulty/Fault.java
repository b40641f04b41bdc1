package io.dynaload.faulty;

/** What becomes of one call that writes. */
public enum Fault {
  NONE,
  /** Refused for want of capacity, all of it. */
  THROTTLE,
  /** About half of a batch's items are left undone, but not all. */
  UNPROCESSED,
  INTERNAL_ERROR,
  /** Something in front of the service is down. */
  UNAVAILABLE,
  /** The items are written, but the answer comes late. */
  SLOW,
  /** The connection is cut before anything is written. */
  CUT_REQUEST,
  /** The items are written, and the connection is cut before the answer. */
  LOST_ANSWER,
  /** The items are written, but the answer is cut in the middle. */
  CUT_ANSWER,
  /** The items are written, but the answer is another JSON than was sent. */
  CORRUPT_ANSWER,
  /** A throttle, which on its way became an error that is final. */
  CORRUPT_ERROR,
  /** Refused as invalid, though it is not. Never at random. */
  INVALID,
  /** Refused for want of permission. Never at random. */
  DENIED,
  /** Refused because the credentials are too old. Never at random. */
  EXPIRED
}
