package io.dynaload.error;

/** What kind of failure ends a run; the command line maps each to its exit code. */
public enum ErrorCode {
  /** A defect of Dynaload itself, or of what it runs on. */
  INTERNAL,
  /** The import file or the arguments are wrong, or ask for what the source or target lacks. */
  CONFIGURATION,
  /** More items were rejected than the error budget allows. */
  REJECTED_ITEMS,
  /** The source could not be reached, refused, or failed for good. */
  SOURCE,
  /** The target could not be reached, refused, or failed for good. */
  TARGET
}
