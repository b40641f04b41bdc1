package io.dynaload.metrics;

/** How a run ended. */
public enum RunState {
  FINISHED,
  INTERRUPTED,
  FAILED
}
