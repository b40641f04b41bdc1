package io.dynaload.emr;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.List;

/**
 * What goes on on the cluster of a stack, which a change of the stack must not disturb.
 *
 * @param cluster empty if there is none
 * @param unended the steps that have not ended
 */
record Occupied(String cluster, boolean hasEnded, List<ListedStep> unended) {
  static Occupied look(String cluster) {
    if (cluster.isEmpty()) {
      return new Occupied(cluster, false, List.of());
    }
    try (ClusterSteps steps = ClusterSteps.of(cluster)) {
      return steps.hasEnded()
          ? new Occupied(cluster, true, List.of())
          : new Occupied(
              cluster, false, steps.all().stream().filter(ListedStep::hasNotEnded).toList());
    }
  }

  /** A step that has not ended; empty if there is none. */
  String step() {
    return unended.isEmpty() ? "" : unended.get(0).id();
  }

  /**
   * What the imports use has to stay the stack's.
   *
   * @param taken the parameters by which they would lose it
   */
  void refuse(List<String> taken) {
    if (taken.isEmpty()) {
      return;
    }
    for (ListedStep step : unended) {
      if (step.isOurs()) {
        throw new ImportException(
            ErrorCode.CONFIGURATION,
            "Step %s, %s, is %s, and this file would take from it what it uses: %s"
                .formatted(step.id(), step.name(), step.state(), String.join(", ", taken)),
            "Use another --stack; or let it end, or stop it first, by --stop.");
      }
    }
  }
}
