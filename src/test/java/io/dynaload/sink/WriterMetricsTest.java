package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import io.dynaload.metrics.MetricNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class WriterMetricsTest {
  private final Map<String, Metric> registered = new HashMap<>();
  private final WriterMetrics metrics = new WriterMetrics(new Counts(Count.values()));

  WriterMetricsTest() {
    metrics.register(new Group(), () -> 50);
  }

  /** Keeps what is registered in the group of all that is ours. */
  private final class Group extends UnregisteredMetricsGroup {
    @Override
    public MetricGroup addGroup(String name) {
      assertThat(name).isEqualTo(MetricNames.GROUP);
      return this;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      registered.put(name, gauge);
      return gauge;
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
      registered.put(name, histogram);
      return histogram;
    }

    @Override
    public <M extends Meter> M meter(String name, M meter) {
      registered.put(name, meter);
      return meter;
    }
  }

  private <M extends Metric> M metric(String name, Class<M> type) {
    return type.cast(Objects.requireNonNull(registered.get(name), name));
  }

  private Object gauge(String name) {
    return metric(name, Gauge.class).getValue();
  }

  @Test
  void callsShowInBatchFillLatencyAndFlight() {
    metrics.called(25, 1);
    metrics.called(15, 2);
    assertThat(gauge(MetricNames.IN_FLIGHT)).isEqualTo(2);

    metrics.answered(7_900_000, 1);
    assertThat(gauge(MetricNames.IN_FLIGHT)).isEqualTo(1);
    assertThat(metric(MetricNames.REQUEST_MILLIS, Histogram.class).getStatistics().getMax())
        .isEqualTo(7);
    assertThat(metric(MetricNames.BATCH_ITEMS, Histogram.class).getStatistics().getMean())
        .isEqualTo(20);
  }

  @Test
  void utilizationIsWhatWasConsumedOfTheLimit() {
    MeterView perSecond = metric(MetricNames.UNITS_PER_SECOND, MeterView.class);
    perSecond.update();
    metrics.wrote(100, 250);
    perSecond.update(); // Flink does so every 5 s; the meter looks back on 10.

    assertThat(gauge(MetricNames.UNITS_WRITTEN)).isEqualTo(100L);
    assertThat(perSecond.getRate()).isEqualTo(25);
    assertThat(gauge(MetricNames.UTILIZATION)).isEqualTo(0.5);
  }

  @Test
  void whatWaitsIsToldParkedOrNot() throws Exception {
    WriteBuffer buffer = new WriteBuffer(Limits.of(1, 1000));
    for (int id = 0; id < 3; id++) {
      buffer.add(TestItems.keyOf(TestItems.item(id, "v")), TestItems.item(id, "v"));
    }
    buffer.take(buffer.next()).subList(0, 2).forEach(buffer::park);
    metrics.holds(buffer);

    assertThat(gauge(MetricNames.PARKED_ITEMS)).isEqualTo(2);
    assertThat(gauge(MetricNames.BUFFERED_BYTES))
        .isEqualTo(2L * TestItems.item(1, "v").json().length);
  }
}
