package io.dynaload.transform;

/** What becomes of an item for which a step fails. */
enum OnError {
  /** It goes to the dead letters, as it was before the first step. */
  REJECT,
  /** It is left out, as if a {@code where} had not held. */
  DROP,
  /** It goes on as it was before the step. */
  KEEP
}
