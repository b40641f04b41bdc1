package io.dynaload.emr;

import io.dynaload.aws.AwsConfig;
import io.dynaload.aws.WatchClients;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
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
      return asked(
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
    return asked(
        "elasticmapreduce:ListSteps",
        () ->
            emr.listStepsPaginator(ask -> ask.clusterId(cluster)).steps().stream()
                .map(ClusterSteps::listed)
                .toList());
  }

  String state(String step) {
    return asked(
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
    return asked(
            "elasticmapreduce:AddJobFlowSteps",
            () -> emr.addJobFlowSteps(ask -> ask.jobFlowId(cluster).steps(step)))
        .stepIds()
        .get(0);
  }

  /** Withdraws one that has not begun, or interrupts it. */
  void cancel(String step) {
    asked(
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

  private static <T> T asked(String right, Supplier<T> ask) {
    try {
      return ask.get();
    } catch (SdkException e) {
      throw new ImportException(
          ErrorCode.TARGET,
          right + ": " + e.getMessage(),
          "Check the credentials of AWS, that they may do this, and the network.",
          e);
    }
  }

  @Override
  public void close() {
    emr.close();
  }
}
