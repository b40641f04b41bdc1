package io.dynaload.metrics;

/** The names of everything that Dynaload reports to Flink's metrics and accumulators. */
public final class MetricNames {
  /** The metric group below an operator's own that all gauges stand in. */
  public static final String GROUP = "dynaload";

  /** Gauge of the source's enumerator: the part of the splits that is done, 0 to 1. */
  public static final String PROGRESS = "progress";

  /** What the accumulators of {@link #rejectedAccumulator} begin with. */
  public static final String REJECTED_ACCUMULATORS = accumulator(Count.REJECTED) + ".";

  private MetricNames() {}

  /** The accumulator that carries a count to the end of the job. */
  public static String accumulator(Count count) {
    return GROUP + "." + count.key();
  }

  /** The gauge of the rejected items of one code. */
  public static String rejected(String code) {
    return Count.REJECTED.key() + "." + code;
  }

  /** The accumulator that carries the rejected items of one code to the end of the job. */
  public static String rejectedAccumulator(String code) {
    return REJECTED_ACCUMULATORS + code;
  }
}
