package io.dynaload.emr.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.emr.fake.AwsError;
import io.dynaload.emr.fake.AwsRequest;
import io.dynaload.emr.fake.FakeAws;
import io.dynaload.emr.fake.FakeCloudFormation;
import io.dynaload.emr.fake.FakeCloudWatch;
import io.dynaload.emr.fake.FakeDynamoDb;
import io.dynaload.emr.fake.FakeEmr;
import io.dynaload.emr.fake.FakeS3;
import io.dynaload.emr.fake.FakeYarn;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster, a step of it and what they publish, whose states a test sets one after another. */
final class Life implements AutoCloseable {
  static final String TABLE = "readings";
  static final List<String> HOLDER =
      List.of(
          "bash",
          "-c",
          "set -eu; exec flink run -c io.dynaload.cli.Main \"$@\"",
          "dynaload",
          "s3://b/app/dynaload.jar",
          "step",
          "--file",
          "s3://b/app/readings.yaml");
  static final List<String> NO_HOLDER =
      List.of("flink", "run-application", "-t", "yarn-application", "s3://b/app/dynaload.jar");

  final FakeEmr emr = new FakeEmr();
  final FakeYarn yarn = new FakeYarn();
  final FakeDynamoDb dynamoDb = new FakeDynamoDb();
  final FakeCloudWatch cloudWatch = new FakeCloudWatch(Clock.systemUTC());
  final FakeAws aws;
  final String cluster;
  final Instant begin = Instant.now().minus(Duration.ofMinutes(75));

  Life() throws IOException {
    FakeCloudFormation stacks = new FakeCloudFormation(emr, new FakeS3(), dynamoDb);
    aws = FakeAws.start(emr, yarn, dynamoDb, cloudWatch, stacks);
    dynamoDb.withTable(TABLE, 61_000_000, 7_000);
    cluster = emr.addCluster("readings-import");
    emr.nodes(cluster, "", "m5.xlarge", 2);
    state("STARTING", null);
  }

  URI endpoint() {
    return aws.endpoint();
  }

  void state(String state, @Nullable String reason) {
    emr.clusterState(cluster, state, reason);
    emr.clusterTimes(
        cluster, begin, state.startsWith("TERMINATED") ? Instant.now().minusSeconds(30) : null);
  }

  /** Lets the primary node's YARN be reached. */
  void openNetwork() {
    emr.nodes(cluster, "127.0.0.1:" + endpoint().getPort(), "m5.xlarge", 2);
  }

  String addStep(String name, List<String> arguments) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("JobFlowId", cluster);
    ObjectNode step = body.putArray("Steps").addObject().put("Name", name);
    ArrayNode args =
        step.putObject("HadoopJarStep").put("Jar", "command-runner.jar").putArray("Args");
    arguments.forEach(args::add);
    try {
      emr.answer(
          new AwsRequest(
              emr.name(),
              "AddJobFlowSteps",
              "/",
              Map.of(),
              Map.of(),
              body.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (AwsError e) {
      throw new IllegalStateException(e);
    }
    return emr.steps(cluster).get(emr.steps(cluster).size() - 1).path("Id").asText();
  }

  /** Puts a step that began an hour ago into a state. */
  void step(String id, String state, @Nullable String failure) {
    emr.stepState(id, state, failure);
    if (!state.equals("PENDING")) {
      emr.stepTimes(
          id,
          Instant.now().minus(Duration.ofMinutes(60)),
          state.equals("RUNNING") ? null : Instant.now().minus(Duration.ofMinutes(6)));
    }
  }

  /** Has a run of an import publish figures, so many seconds ago, as the publisher does. */
  void publish(String name, String run, int secondsAgo, Map<String, Double> figures) {
    Instant at = Instant.now().minusSeconds(secondsAgo);
    Map<String, String> ofRun = Map.of("import", name, "run", run);
    figures.forEach((figure, value) -> cloudWatch.add("Dynaload", figure, ofRun, at, value));
    double rate = figures.getOrDefault("itemsPerSecond", 0.0);
    cloudWatch.add("Dynaload", "itemsPerSecond", Map.of("cluster", cluster), at, rate);
    cloudWatch.add(
        "Dynaload",
        "itemsPerSecond",
        Map.of("import", name, "run", run, "cluster", cluster),
        at,
        rate);
  }

  /** Has DynamoDB publish what the table took and refused in the last three minutes. */
  void table(double unitsPerSecond, double refused) {
    cloudWatch.forget("AWS/DynamoDB");
    for (int minute = 1; minute <= 3; minute++) {
      Instant at = Instant.now().minusSeconds(60L * minute);
      Map<String, String> table = Map.of("TableName", TABLE);
      cloudWatch.add("AWS/DynamoDB", "ConsumedWriteCapacityUnits", table, at, unitsPerSecond * 60);
      if (refused > 0) {
        cloudWatch.add("AWS/DynamoDB", "WriteThrottleEvents", table, at, refused);
      }
    }
  }

  @Override
  public void close() {
    aws.close();
  }
}
