package io.dynaload.emr;

import io.dynaload.aws.AwsConfig;
import io.dynaload.aws.WatchClients;
import io.dynaload.error.ImportException;
import java.util.List;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;
import software.amazon.awssdk.services.emr.model.StepCancellationOption;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.StepSummary;

/**
 * The steps of one cluster, of the region and with the credentials of the SDK's environment. What
 * EMR refuses is an ImportException.
 */
final class ClusterSteps implements AutoCloseable {
  private final EmrClient emr;
  private final String cluster;

  private ClusterSteps(EmrClient emr, String cluster) {
    this.emr = emr;
    this.cluster = cluster;
  }

  static ClusterSteps of(String cluster) {
    return new ClusterSteps(WatchClients.emr(new AwsConfig(null, null, null)), cluster);
  }

  /** Whether the cluster takes no more steps; EMR forgets clusters two months after their end. */
  boolean hasEnded() {
    try {
      return AwsCalls.answered(
              "elasticmapreduce:DescribeCluster",
              () -> emr.describeCluster(ask -> ask.clusterId(cluster)))
          .cluster()
          .status()
          .stateAsString()
          .startsWith("TERMINAT");
    } catch (ImportException e) {
      if (e.getCause() instanceof InvalidRequestException && e.problem().contains("is not valid")) {
        return true;
      }
      throw e;
    }
  }

  /** All of them, the newest first, however many pages that are. */
  List<ListedStep> all() {
    return AwsCalls.answered(
        "elasticmapreduce:ListSteps",
        () ->
            emr.listStepsPaginator(ask -> ask.clusterId(cluster)).steps().stream()
                .map(ClusterSteps::listed)
                .toList());
  }

  String state(String step) {
    return AwsCalls.answered(
            "elasticmapreduce:DescribeStep",
            () -> emr.describeStep(ask -> ask.clusterId(cluster).stepId(step)))
        .step()
        .status()
        .stateAsString();
  }

  /** Adds one; returns its id. */
  String add(String name, List<String> arguments) {
    StepConfig step =
        StepConfig.builder()
            .name(name)
            .actionOnFailure(ActionOnFailure.CONTINUE)
            .hadoopJarStep(
                HadoopJarStepConfig.builder().jar(StepFile.RUNNER).args(arguments).build())
            .build();
    return AwsCalls.answered(
            "elasticmapreduce:AddJobFlowSteps",
            () -> emr.addJobFlowSteps(ask -> ask.jobFlowId(cluster).steps(step)))
        .stepIds()
        .get(0);
  }

  /** Withdraws one that has not begun, or interrupts it. */
  void cancel(String step) {
    AwsCalls.answered(
        "elasticmapreduce:CancelSteps",
        () ->
            emr.cancelSteps(
                ask ->
                    ask.clusterId(cluster)
                        .stepIds(step)
                        .stepCancellationOption(StepCancellationOption.SEND_INTERRUPT)));
  }

  private static ListedStep listed(StepSummary step) {
    return new ListedStep(
        step.id(),
        step.name() == null ? "" : step.name(),
        step.status().stateAsString(),
        step.config() == null ? List.of() : step.config().args());
  }

  @Override
  public void close() {
    emr.close();
  }
}
