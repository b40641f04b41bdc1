package io.dynaload.metrics;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an import is called in CloudWatch, once for whoever publishes, shows and watches it.
 *
 * <p>Every metric is published with the dimensions {@link #IMPORT} and {@link #RUN}. An alarm
 * cannot name a run that has not begun, so {@link #FAILED} and {@link #ITEMS_PER_SECOND} are
 * published a second time with {@link #CLUSTER} alone, on a cluster of EMR; and so that one finds
 * the runs of a cluster, {@link #ITEMS_PER_SECOND} a third time with all three.
 */
public final class CloudWatchNames {
  public static final String NAMESPACE = "Dynaload";

  /** Dimension: the import's name, as in its report. */
  public static final String IMPORT = "import";

  /** Dimension: the run's name, as in the checkpoints' folder. */
  public static final String RUN = "run";

  /** Dimension: the id of the EMR cluster, {@code j-…}. */
  public static final String CLUSTER = "cluster";

  /** Items of which it became known what becomes of them, a second, since the last time. */
  public static final String ITEMS_PER_SECOND = "itemsPerSecond";

  /** Write units a second, as the service reports them, since the last time. */
  public static final String UNITS_PER_SECOND = MetricNames.UNITS_PER_SECOND;

  /** Write units a second that are in force. */
  public static final String WRITE_LIMIT = MetricNames.WRITE_LIMIT;

  /** The part of the source that is done, 0 to 100. */
  public static final String PERCENT = "percent";

  /** The seconds that are left, as the part that is done and its pace say. */
  public static final String SECONDS_LEFT = "secondsLeft";

  /** 1 at the end of a run that failed, 0 at that of any other. */
  public static final String FAILED = "failed";

  private CloudWatchNames() {}

  /**
   * All of them: the ledger's counts, which only grow over an import's restarts and resumes, and
   * the figures of the moment.
   */
  public static Set<String> metrics() {
    return Stream.concat(
            Stream.of(Count.values()).map(Count::key),
            Stream.of(
                ITEMS_PER_SECOND, UNITS_PER_SECOND, WRITE_LIMIT, PERCENT, SECONDS_LEFT, FAILED))
        .collect(Collectors.toUnmodifiableSet());
  }
}
