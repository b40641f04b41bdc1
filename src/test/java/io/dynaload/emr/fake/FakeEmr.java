package io.dynaload.emr.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * EMR: clusters and their steps. Nothing runs: a cluster waits and a step is pending until a test
 * says otherwise. Thread-safe.
 */
public final class FakeEmr implements FakeService {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> clusters = new LinkedHashMap<>();
  private final Map<String, List<ObjectNode>> steps = new LinkedHashMap<>();
  private final Map<String, ArrayNode> instanceGroups = new LinkedHashMap<>();
  private int pageSize = 50;

  @Override
  public String name() {
    return "elasticmapreduce";
  }

  @Override
  public Protocol protocol() {
    return Protocol.JSON;
  }

  /** How many steps are listed in one answer. */
  public synchronized void pageSize(int steps) {
    pageSize = steps;
  }

  /** A cluster that waits for steps; returns its id. */
  public synchronized String addCluster(String name) {
    String id = "j-FAKE%09d".formatted(clusters.size() + 1);
    ObjectNode cluster =
        JSON.objectNode().put("Id", id).put("Name", name).put("ReleaseLabel", "emr-7.13.0");
    cluster.put("MasterPublicDnsName", "localhost");
    cluster.put("NormalizedInstanceHours", 0).put("AutoTerminate", false);
    cluster.put("TerminationProtected", false).put("VisibleToAllUsers", true);
    clusters.put(id, cluster);
    steps.put(id, new ArrayList<>());
    clusterState(id, "WAITING", null);
    return id;
  }

  /**
   * Puts a cluster into a state.
   *
   * @param reason its message; null for none
   */
  public synchronized void clusterState(String id, String state, @Nullable String reason) {
    put(expect(clusters.get(id), id), state, reason);
  }

  /**
   * Puts a step into a state.
   *
   * @param failure the message of its FailureDetails; null for none
   */
  public synchronized void stepState(String stepId, String state, @Nullable String failure) {
    ObjectNode status = put(stepOf(stepId), state, null);
    if (failure != null) {
      status.putObject("FailureDetails").put("Reason", "Unknown Error.").put("Message", failure);
    }
  }

  private ObjectNode stepOf(String stepId) {
    ObjectNode step =
        steps.values().stream()
            .flatMap(List::stream)
            .filter(each -> each.path("Id").asText().equals(stepId))
            .findFirst()
            .orElse(null);
    return expect(step, stepId);
  }

  /** When a cluster was made and has ended; null if it has not. */
  public synchronized void clusterTimes(String id, Instant created, @Nullable Instant ended) {
    ObjectNode timeline = timeline(expect(clusters.get(id), id));
    timeline.put("CreationDateTime", created.getEpochSecond());
    if (ended != null) {
      timeline.put("EndDateTime", ended.getEpochSecond());
    }
  }

  /** When a step began and has ended; null if it has not. */
  public synchronized void stepTimes(String stepId, Instant started, @Nullable Instant ended) {
    ObjectNode timeline = timeline(stepOf(stepId));
    timeline.put("StartDateTime", started.getEpochSecond());
    if (ended != null) {
      timeline.put("EndDateTime", ended.getEpochSecond());
    }
  }

  private static ObjectNode timeline(ObjectNode what) {
    return (ObjectNode) what.at("/Status/Timeline");
  }

  /** Gives a cluster nodes, and its primary node a name. */
  public synchronized void nodes(String id, String primaryHost, String type, int cores) {
    ObjectNode cluster = expect(clusters.get(id), id);
    cluster.put("MasterPublicDnsName", primaryHost);
    ArrayNode groups = JSON.arrayNode();
    groups.addObject().put("InstanceGroupType", "MASTER").put("RunningInstanceCount", 1);
    groups.addObject().put("InstanceGroupType", "CORE").put("RunningInstanceCount", cores);
    groups.forEach(group -> ((ObjectNode) group).put("InstanceType", type));
    instanceGroups.put(id, groups);
  }

  /** The steps of a cluster as DescribeStep shows them, the oldest first. */
  public synchronized List<JsonNode> steps(String clusterId) {
    List<JsonNode> copies = new ArrayList<>();
    stepsOf(clusterId).forEach(step -> copies.add(step.deepCopy()));
    return copies;
  }

  private List<ObjectNode> stepsOf(String clusterId) {
    return steps.computeIfAbsent(clusterId, id -> new ArrayList<>());
  }

  private static ObjectNode put(ObjectNode what, String state, @Nullable String reason) {
    ObjectNode status = JSON.objectNode().put("State", state);
    ObjectNode change = status.putObject("StateChangeReason");
    if (reason != null) {
      change.put("Code", "ALL_STEPS_COMPLETED").put("Message", reason);
    }
    status.putObject("Timeline").put("CreationDateTime", 1_700_000_000);
    what.set("Status", status);
    return status;
  }

  private static ObjectNode expect(@Nullable ObjectNode found, String id) {
    if (found == null) {
      throw new IllegalArgumentException("There is no " + id);
    }
    return found;
  }

  @Override
  public synchronized Answer answer(AwsRequest request) throws AwsError {
    JsonNode asked = request.json();
    String id = asked.path("ClusterId").asText(asked.path("JobFlowId").asText());
    ObjectNode cluster = clusters.get(id);
    if (cluster == null) {
      throw AwsError.invalid("InvalidRequestException", "Cluster id '" + id + "' is not valid.");
    }
    ObjectNode answer = JSON.objectNode();
    switch (request.action()) {
      case "DescribeCluster" -> answer.set("Cluster", cluster);
      case "ListInstanceGroups" ->
          answer.set("InstanceGroups", instanceGroups.getOrDefault(id, JSON.arrayNode()));
      case "ListBootstrapActions" -> answer.putArray("BootstrapActions");
      case "ListSteps" -> list(asked, stepsOf(id), answer);
      case "DescribeStep" -> answer.set("Step", described(id, asked.path("StepId").asText()));
      case "AddJobFlowSteps" -> add(cluster, asked.path("Steps"), answer.putArray("StepIds"));
      case "CancelSteps" -> {
        asked.path("StepIds").forEach(step -> stepState(step.asText(), "CANCELLED", null));
        answer.putArray("CancelStepsInfoList");
      }
      default -> throw FakeService.unknown(request);
    }
    return Answer.json(answer);
  }

  private void list(JsonNode asked, List<ObjectNode> steps, ObjectNode answer) {
    Set<String> states = new TreeSet<>();
    asked.path("StepStates").forEach(state -> states.add(state.asText()));
    List<ObjectNode> newestFirst = new ArrayList<>(steps);
    Collections.reverse(newestFirst);
    newestFirst.removeIf(
        step -> !states.isEmpty() && !states.contains(step.at("/Status/State").asText()));
    int begin = asked.path("Marker").asInt(0);
    int end = Math.min(newestFirst.size(), begin + pageSize);
    answer.putArray("Steps").addAll(newestFirst.subList(begin, end));
    if (end < newestFirst.size()) {
      answer.put("Marker", String.valueOf(end));
    }
  }

  private ObjectNode described(String clusterId, String stepId) throws AwsError {
    for (ObjectNode step : stepsOf(clusterId)) {
      if (step.path("Id").asText().equals(stepId)) {
        return step;
      }
    }
    throw AwsError.invalid("InvalidRequestException", "Step id '" + stepId + "' is not valid.");
  }

  private void add(ObjectNode cluster, JsonNode added, ArrayNode ids) throws AwsError {
    if (cluster.at("/Status/State").asText().startsWith("TERMINAT")) {
      throw AwsError.invalid(
          "ValidationException",
          "A job flow that is shutting down, terminating, or finished may not be modified.");
    }
    for (JsonNode each : added) {
      List<ObjectNode> steps = stepsOf(cluster.path("Id").asText());
      String id =
          "s-FAKE%09d".formatted(this.steps.values().stream().mapToInt(List::size).sum() + 1);
      ObjectNode step = JSON.objectNode().put("Id", id).put("Name", each.path("Name").asText());
      step.put("ActionOnFailure", each.path("ActionOnFailure").asText());
      ObjectNode config = step.putObject("Config");
      config.put("Jar", each.at("/HadoopJarStep/Jar").asText());
      config.set("Args", each.at("/HadoopJarStep/Args"));
      config.putObject("Properties");
      put(step, "PENDING", null);
      steps.add(step);
      ids.add(id);
    }
  }
}
