package io.dynaload.emr.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, as EMR describes it.
 *
 * @param reason why it is in this state; empty if EMR says none
 * @param host the primary node's name; empty if it has none yet
 * @param nodes empty if EMR tells none, as of a cluster of instance fleets
 */
record ClusterView(
    String id,
    String name,
    String state,
    String reason,
    String host,
    @Nullable Instant created,
    @Nullable Instant ended,
    List<Nodes> nodes) {
  /** Nodes of one type. */
  record Nodes(String type, int count) {}

  boolean hasEnded() {
    return state.equals("TERMINATED") || state.equals("TERMINATED_WITH_ERRORS");
  }

  boolean isComing() {
    return state.equals("STARTING") || state.equals("BOOTSTRAPPING");
  }

  /** How long it has been there. */
  Duration age(Instant now) {
    return created == null ? Duration.ZERO : Duration.between(created, ended == null ? now : ended);
  }

  /** Such as {@code 1 x m5.xlarge, 2 x c6g.2xlarge}. */
  String hardware() {
    Map<String, Integer> counts = new TreeMap<>();
    nodes.forEach(group -> counts.merge(group.type(), group.count(), Integer::sum));
    return counts.entrySet().stream()
        .map(group -> group.getValue() + " x " + group.getKey())
        .collect(Collectors.joining(", "));
  }
}
