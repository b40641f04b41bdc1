package io.dynaload.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class JobFiguresTest {
  private final String job = UUID.randomUUID().toString();

  @Test
  void theFiguresOfAJobsOperatorsAreSummed() {
    try (JobFigures sink = JobFigures.publish(of("sink"), Map.of("limit", () -> 7000.5));
        JobFigures other = JobFigures.publish(of("other"), Map.of("limit", () -> 0.5))) {
      assertThat(JobFigures.of(job, "limit")).isEqualTo(7001);
      assertThat(JobFigures.of(job, "progress")).isZero();
      assertThat(JobFigures.of("another", "limit")).isZero();
    }
    assertThat(JobFigures.of(job, "limit")).isZero();
  }

  @Test
  void aLaterCoordinatorTakesTheFirstOnesPlaceAndKeepsIt() {
    JobFigures first = JobFigures.publish(of("sink"), Map.of("limit", () -> 1));
    try (JobFigures second = JobFigures.publish(of("sink"), Map.of("limit", () -> 2))) {
      first.close();

      assertThat(JobFigures.of(job, "limit")).isEqualTo(2);
    }
  }

  @Test
  void aFigureThatFailsFailsNobodyWhoAsksAndHidesNoOther() {
    try (JobFigures broken =
            JobFigures.publish(
                of("gone"),
                Map.of(
                    "limit",
                    () -> {
                      throw new IllegalStateException("the coordinator has ended");
                    }));
        JobFigures sink = JobFigures.publish(of("sink"), Map.of("limit", () -> 2))) {
      assertThat(JobFigures.of(job, "limit")).isEqualTo(2);
    }
  }

  private MetricGroup of(String operator) {
    return new UnregisteredMetricsGroup() {
      @Override
      public Map<String, String> getAllVariables() {
        return Map.of("<job_id>", job, "<operator_id>", operator);
      }
    };
  }
}
