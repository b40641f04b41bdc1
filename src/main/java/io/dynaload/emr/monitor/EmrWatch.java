package io.dynaload.emr.monitor;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;
import software.amazon.awssdk.services.emr.model.StepStatus;
import software.amazon.awssdk.services.emr.model.StepSummary;

/** What EMR says of a cluster and of its steps. Of one cluster, by one thread at a time. */
final class EmrWatch {
  /** Of a cluster that has had more, the newest are looked at: EMR shows 50 a call. */
  private static final int MOST_STEPS = 500;

  private final EmrClient emr;

  /** Steps that were active at some look: how they end counts. */
  private final Set<String> seen = new HashSet<>();

  EmrWatch(EmrClient emr) {
    this.emr = emr;
  }

  /**
   * The cluster.
   *
   * @throws ImportException (CONFIGURATION) if there is none of this id, or it may not be described
   */
  ClusterView cluster(String id) {
    try {
      Cluster cluster = emr.describeCluster(request -> request.clusterId(id)).cluster();
      var timeline = cluster.status().timeline();
      return new ClusterView(
          id,
          text(cluster.name()),
          cluster.status().stateAsString(),
          cluster.status().stateChangeReason() == null
              ? ""
              : text(cluster.status().stateChangeReason().message()),
          text(cluster.masterPublicDnsName()),
          timeline == null ? null : timeline.creationDateTime(),
          timeline == null ? null : timeline.endDateTime(),
          nodes(id));
    } catch (InvalidRequestException e) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "There is no cluster " + id + " in this region: " + e.awsErrorDetails().errorMessage(),
          "See `aws emr list-clusters --active`, or say --stack NAME.",
          e);
    } catch (SdkException e) {
      throw unreadable("the cluster " + id, e);
    }
  }

  private List<ClusterView.Nodes> nodes(String id) {
    try {
      return emr.listInstanceGroups(request -> request.clusterId(id)).instanceGroups().stream()
          .filter(group -> Objects.requireNonNullElse(group.runningInstanceCount(), 0) > 0)
          .map(group -> new ClusterView.Nodes(group.instanceType(), group.runningInstanceCount()))
          .toList();
    } catch (SdkException fleetsOrDenied) {
      return List.of();
    }
  }

  /**
   * The steps to watch, the newest first: the one that is asked for; or those that are active, or
   * were at an earlier look; or the newest. Dynaload's are preferred to others, and one that only
   * stops others is none.
   */
  List<StepView> steps(String cluster, @Nullable String id) {
    List<StepView> all;
    try {
      all =
          emr.listStepsPaginator(request -> request.clusterId(cluster)).steps().stream()
              .limit(MOST_STEPS)
              .map(EmrWatch::step)
              .filter(step -> id == null ? !step.isStop() : step.id().equals(id))
              .toList();
    } catch (SdkException e) {
      throw unreadable("the steps of " + cluster, e);
    }
    if (id != null && all.isEmpty()) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The cluster " + cluster + " has no step " + id,
          "See `aws emr list-steps --cluster-id " + cluster + "`.");
    }
    List<StepView> watched = all.stream().filter(this::isWatched).toList();
    watched.forEach(step -> seen.add(step.id()));
    return Stream.of(
            watched.stream().filter(StepView::isHolder).toList(),
            watched,
            all.stream().filter(StepView::isHolder).limit(1).toList(),
            all.stream().limit(1).toList())
        .filter(chosen -> !chosen.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private boolean isWatched(StepView step) {
    return step.isActive() || seen.contains(step.id());
  }

  private static ImportException unreadable(String what, SdkException e) {
    Refusal refusal = Refusal.of(e);
    return new ImportException(
        refusal.code(),
        "EMR does not tell of " + what + ": " + e.getMessage(),
        refusal.remedy(),
        e);
  }

  private static StepView step(StepSummary step) {
    StepStatus status = step.status();
    var timeline = status.timeline();
    return new StepView(
        step.id(),
        text(step.name()),
        step.config() == null ? List.of() : step.config().args(),
        status.stateAsString(),
        failure(status),
        timeline == null ? null : timeline.startDateTime(),
        timeline == null ? null : timeline.endDateTime());
  }

  private static String failure(StepStatus status) {
    var details = status.failureDetails();
    if (details != null) {
      String reason = text(details.reason());
      String message = text(details.message());
      return reason.isEmpty() || message.isEmpty() ? reason + message : reason + " " + message;
    }
    return status.stateChangeReason() == null ? "" : text(status.stateChangeReason().message());
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }
}
