package io.dynaload.emr.monitor;

import io.dynaload.metrics.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What it has cost so far, in US dollars, about: at the list prices of us-east-1 when this was
 * written, for on-demand instances; without disks, NAT, S3 and taxes. docs/emr.md has the list.
 *
 * @param cluster empty if a price or the nodes are not known
 * @param writeUnits empty if the units are not known
 */
record Cost(OptionalDouble cluster, OptionalDouble writeUnits) {
  /** EC2, dollars an hour. EMR adds a quarter for these. */
  private static final Map<String, Double> INSTANCES =
      Map.ofEntries(
          Map.entry("c5.2xlarge", 0.34),
          Map.entry("c5.4xlarge", 0.68),
          Map.entry("c6g.2xlarge", 0.272),
          Map.entry("c6g.4xlarge", 0.544),
          Map.entry("m5.xlarge", 0.192),
          Map.entry("m5.2xlarge", 0.384),
          Map.entry("m5.4xlarge", 0.768),
          Map.entry("m6g.xlarge", 0.154),
          Map.entry("m6g.2xlarge", 0.308),
          Map.entry("m6g.4xlarge", 0.616),
          Map.entry("r5.xlarge", 0.252),
          Map.entry("r5.2xlarge", 0.504),
          Map.entry("r6g.xlarge", 0.2016),
          Map.entry("r6g.2xlarge", 0.4032));

  private static final double WITH_EMR = 1.25;
  private static final double ON_DEMAND_UNIT = 0.625 / 1_000_000;
  private static final double PROVISIONED_UNIT_HOUR = 0.00065;
  private static final double HOUR = Duration.ofHours(1).toMillis();

  static Cost of(Snapshot now) {
    return new Cost(cluster(now), writeUnits(now));
  }

  private static OptionalDouble cluster(Snapshot now) {
    ClusterView cluster = now.cluster();
    double hourly = 0;
    for (ClusterView.Nodes nodes : cluster.nodes()) {
      Double price = INSTANCES.get(nodes.type());
      if (price == null) {
        return OptionalDouble.empty();
      }
      hourly += nodes.count() * price * WITH_EMR;
    }
    return cluster.nodes().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(hourly * cluster.age(now.at()).toMillis() / HOUR);
  }

  private static OptionalDouble writeUnits(Snapshot now) {
    if (now.table().writeUnits() > 0) {
      // As if it had had what it has now, from when the first of the steps began until all ended.
      Optional<Instant> began =
          now.steps().stream()
              .map(StepView::started)
              .filter(Objects::nonNull)
              .min(Instant::compareTo);
      return began.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(
              now.table().writeUnits()
                  * PROVISIONED_UNIT_HOUR
                  * Duration.between(began.get(), ended(now)).toMillis()
                  / HOUR);
    }
    double units = 0;
    for (ImportView each : now.imports()) {
      Optional<Long> count = each.count(Count.WRITE_UNITS);
      if (count.isEmpty()) {
        return OptionalDouble.empty();
      }
      units += count.get();
    }
    return now.imports().isEmpty() || now.table().state().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(units * ON_DEMAND_UNIT);
  }

  private static Instant ended(Snapshot now) {
    return now.steps().stream()
        .map(step -> step.isActive() || step.ended() == null ? now.at() : step.ended())
        .max(Instant::compareTo)
        .orElse(now.at());
  }

  /** Both; empty if neither is known. */
  OptionalDouble total() {
    return cluster.isEmpty() && writeUnits.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(cluster.orElse(0) + writeUnits.orElse(0));
  }
}
