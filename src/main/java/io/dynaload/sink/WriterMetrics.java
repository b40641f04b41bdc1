package io.dynaload.sink;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import io.dynaload.metrics.MetricNames;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What a writer does, for those who watch it: changed by the task thread, some times a call and
 * never for an item; read by any thread.
 */
final class WriterMetrics {
  /** Calls that a histogram looks back on. */
  private static final int WINDOW = 1000;

  private static final int RATE_SECONDS = 10;

  private final Counts counts;
  private final Histogram latency = new DescriptiveStatisticsHistogram(WINDOW);
  private final Histogram batchItems = new DescriptiveStatisticsHistogram(WINDOW);
  private final MeterView unitsPerSecond =
      new MeterView(new ThreadSafeSimpleCounter(), RATE_SECONDS);
  private volatile long unitsWritten;
  private volatile int inFlight;
  private volatile long bufferedBytes;
  private volatile int parkedItems;

  WriterMetrics(Counts counts) {
    this.counts = counts;
  }

  /**
   * @param limit write units a second of the whole job, at this moment
   */
  void register(MetricGroup operator, DoubleSupplier limit) {
    MetricGroup group = operator.addGroup(MetricNames.GROUP);
    group.histogram(MetricNames.REQUEST_MILLIS, latency);
    group.histogram(MetricNames.BATCH_ITEMS, batchItems);
    group.meter(MetricNames.UNITS_PER_SECOND, unitsPerSecond);
    group.gauge(MetricNames.UNITS_WRITTEN, () -> unitsWritten);
    group.gauge(MetricNames.UTILIZATION, () -> unitsPerSecond.getRate() / limit.getAsDouble());
    group.gauge(MetricNames.IN_FLIGHT, () -> inFlight);
    group.gauge(MetricNames.BUFFERED_BYTES, () -> bufferedBytes);
    group.gauge(MetricNames.PARKED_ITEMS, () -> parkedItems);
  }

  void count(Count count, long amount) {
    if (amount != 0) {
      counts.add(count, amount);
    }
  }

  /**
   * @param units of the items that were written, as their sizes say
   * @param consumed what their call cost, as the service says
   */
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
  void wrote(long units, double consumed) {
    unitsWritten += units;
    unitsPerSecond.markEvent(Math.round(consumed));
  }

  void called(int items, int inFlightNow) {
    batchItems.update(items);
    inFlight = inFlightNow;
  }

  void answered(long nanos, int inFlightNow) {
    latency.update(TimeUnit.NANOSECONDS.toMillis(nanos));
    inFlight = inFlightNow;
  }

  void holds(WriteBuffer buffer) {
    bufferedBytes = buffer.bytes();
    parkedItems = buffer.parked();
  }

  /** Bytes of JSON that the writer holds, as of the last answer. */
  long bufferedBytes() {
    return bufferedBytes;
  }

  /** Items that wait for the end of their backoff, as of the last answer. */
  int parkedItems() {
    return parkedItems;
  }
}
