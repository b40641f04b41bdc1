package io.dynaload.emr.monitor;

import io.dynaload.metrics.CloudWatchNames;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far an import is.
 *
 * @param percent 0 to 100
 * @param secondsLeft null if nobody can tell
 * @param basis what says so
 */
record Done(double percent, @Nullable Double secondsLeft, String basis) {
  static final String BY_THE_IMPORT = "by what it has read and settled of its source";
  static final String BY_THE_TABLE =
      "by the items of the table, which DynamoDB counts every 6 hours";

  /**
   * As the import says; otherwise as the table has items, if it is known how many it is to have.
   */
  static Optional<Done> of(ImportView view, Snapshot now) {
    Optional<Double> percent = view.figure(CloudWatchNames.PERCENT);
    if (percent.isPresent()) {
      return Optional.of(
          new Done(
              percent.get(),
              view.figure(CloudWatchNames.SECONDS_LEFT).orElse(null),
              BY_THE_IMPORT));
    }
    return byTable(now);
  }

  /** As the table has items. */
  static Optional<Done> byTable(Snapshot now) {
    long all = now.watched().items();
    return all == 0 || now.table().state().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Done(Math.min(100, 100.0 * now.table().items() / all), null, BY_THE_TABLE));
  }
}
