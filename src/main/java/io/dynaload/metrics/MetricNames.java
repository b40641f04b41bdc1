package io.dynaload.metrics;

/** The names of everything that Dynaload reports to Flink's metrics and accumulators. */
public final class MetricNames {
  /** The metric group below an operator's own that all gauges stand in. */
  public static final String GROUP = "dynaload";

  /** Gauge of the source's enumerator: the part of the splits that is done, 0 to 1. */
  public static final String PROGRESS = "progress";

  /** Gauge of the source's enumerator: items of the whole source, about; 0 if nobody knows. */
  public static final String ESTIMATED_ITEMS = "estimatedItems";

  /** What the accumulators of {@link #rejectedAccumulator} begin with. */
  public static final String REJECTED_ACCUMULATORS = accumulator(Count.REJECTED) + ".";

  /** Histogram: milliseconds from a call of the sink to its answer. */
  public static final String REQUEST_MILLIS = "requestMillis";

  /** Histogram: items of a call of the sink. */
  public static final String BATCH_ITEMS = "batchItems";

  /** Gauge: write units of what was written since the subtask began, as the items' sizes say. */
  public static final String UNITS_WRITTEN = "unitsWritten";

  /** Meter: write units a second, as the service reports them. */
  public static final String UNITS_PER_SECOND = "writeUnitsPerSecond";

  /** Gauge: a subtask's part of the job's limit that it uses, 0 to 1; the job's is their sum. */
  public static final String UTILIZATION = "utilization";

  /** Gauge: calls of the sink without an answer yet. */
  public static final String IN_FLIGHT = "inFlight";

  /** Gauge: bytes of JSON that wait in the sink. */
  public static final String BUFFERED_BYTES = "bufferedBytes";

  /** Gauge: items that were refused and wait before they are sent again. */
  public static final String PARKED_ITEMS = "parkedItems";

  /** Gauge of the sink's coordinator: write units a second that are in force, of the whole job. */
  public static final String WRITE_LIMIT = "writeLimit";

  /** Gauge of the sink's coordinator: write units that were leased to the subtasks. */
  public static final String UNITS_GRANTED = "unitsGranted";

  /** Gauge of the sink's coordinator: items of the whole job in the dead letters. */
  public static final String JOB_REJECTED = "jobRejected";

  /** Gauge of the sink's coordinator: items of the whole job that the sink has settled. */
  public static final String JOB_SEEN = "jobSeen";

  /** Gauge of the source's enumerator: read units a second that are in force, of the whole job. */
  public static final String READ_LIMIT = "readLimit";

  /** Gauge of the source's enumerator: read units that were leased to the readers. */
  public static final String READ_UNITS_GRANTED = "readUnitsGranted";

  private MetricNames() {}

  /** The accumulator that carries a count to the end of the job. */
  public static String accumulator(Count count) {
    return GROUP + "." + count.key();
  }

  /** The accumulator that says how many subtasks tell of a count. */
  public static String subtasks(Count count) {
    return GROUP + ".subtasks." + count.key();
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
