package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.config.ConfigFile;
import io.dynaload.config.Tree;
import io.dynaload.emr.ScriptProcess.Ended;
import io.dynaload.emr.fake.Answer;
import io.dynaload.emr.fake.AwsError;
import io.dynaload.emr.fake.AwsRequest;
import io.dynaload.emr.fake.FakeSecretsManager;
import io.dynaload.emr.fake.Planned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** deploy.sh with the real aws CLI, against services of AWS on this machine. */
@NeedsAwsCli
class DeployITCase extends DeployTests {
  @Test
  void goesFromAnEmptyAccountToAStepAndBack() throws Exception {
    Ended dry = deploy("--dry-run");
    assertThat(dry.code()).as(dry.printed()).isZero();
    assertThat(dry.out())
        .contains("PartitionKeyName       sensor_id", "Would make stack readings", "\"--file\"");
    assertThat(changes()).isEmpty();

    Ended first = deploy("--yes");
    assertThat(first.code()).as(first.printed()).isZero();
    assertThat(first.out())
        .contains(
            "Add     Cluster",
            "CREATE_COMPLETE              Table",
            "Cluster    j-FAKE000000001  https://us-west-2.console",
            "Step       s-FAKE000000001",
            "monitor.sh j-FAKE000000001 sensor-readings us-west-2");
    assertThat(aws.requests("cloudformation", "CreateChangeSet"))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.parameter("ChangeSetType")).isEqualTo("CREATE");
              assertThat(request.parameter("Capabilities.member.1")).isEqualTo("CAPABILITY_IAM");
            });
    assertThat(stacks.parameters("readings"))
        .containsAllEntriesOf(
            Map.of(
                "DynamoDBTableName", "sensor-readings",
                "ExistingTable", "false",
                "PartitionKeyName", "sensor_id",
                "PartitionKeyType", "S",
                "SortKeyName", "event_time",
                "SortKeyType", "N",
                "S3BucketName", "dynaload-123456789012-us-west-2",
                "ExistingBucket", "false",
                "LindormSecretArn", SECRET));
    assertThat(uploaded("readings-2023-01-.*\\.yaml")).isEqualTo(YAML);
    assertThat(s3.objects().keySet())
        .anyMatch(key -> key.matches("dynaload-123456789012-us-west-2/app/dynaload-\\w{64}\\.jar"));
    List<String> arguments = arguments(0);
    assertThat(arguments).startsWith("bash", "-c", StepArguments.SCRIPT, "dynaload");
    assertThat(arguments)
        .contains(
            "pipeline.checkpoint.directory=s3://dynaload-123456789012-us-west-2/checkpoints",
            "pipeline.dead-letters.directory=s3://dynaload-123456789012-us-west-2/dead-letters");

    aws.forgetRequests();
    Ended second = deploy("--yes");
    assertThat(second.code()).as(second.printed()).isZero();
    assertThat(second.out())
        .contains("as it has to be", "is there already", "s-FAKE000000001 imports this file");
    assertThat(changes()).containsExactlyInAnyOrder("CreateChangeSet", "DeleteChangeSet");

    Ended swapped = deploy("--yes", "--set", "sink.table=another-table");
    assertThat(swapped.code()).as(swapped.printed()).isEqualTo(2);
    assertThat(swapped.err()).contains("Step s-FAKE000000001", "DynamoDBTableName", "--stack");
    Ended replaced = deploy("--yes", "--parameter", "CoreInstanceCount=3");
    assertThat(replaced.code()).as(replaced.printed()).isEqualTo(2);
    assertThat(replaced.err()).contains("a new cluster in the place of j-FAKE000000001");

    emr.stepState("s-FAKE000000001", "RUNNING", null);
    aws.plan(
        "elasticmapreduce",
        "DescribeStep",
        Planned.passes(),
        stepIs("COMPLETED"),
        Planned.passes(),
        stepIs("FAILED"));
    aws.plan(
        "elasticmapreduce",
        "ListSteps",
        Planned.passes(),
        Planned.answers(Answer.json("{\"Steps\":[]}")));
    Ended stopped = script.run("--stack", "readings", "--region", "us-west-2", "--stop");
    assertThat(stopped.code()).as(stopped.printed()).isZero();
    assertThat(stopped.out())
        .contains("step s-FAKE000000001, dynaload readings-2023-01", "Stopped");
    assertThat(arguments(1)).isEqualTo(with(arguments, "--stop"));

    emr.stepState("s-FAKE000000001", "CANCELLED", null);
    emr.stepState("s-FAKE000000002", "COMPLETED", null);
    Ended resumed = deploy("--yes", "--resume");
    assertThat(resumed.code()).as(resumed.printed()).isZero();
    assertThat(arguments(2)).isEqualTo(with(arguments, "--resume", "latest"));

    aws.forgetRequests();
    Ended deleted = script.run("--stack", "readings", "--region", "us-west-2", "--delete", "--yes");
    assertThat(deleted.code()).as(deleted.printed()).isZero();
    assertThat(deleted.out())
        .contains("table   sensor-readings", "bucket  dynaload-123456789012-us-west-2", "Deleted");
    assertThat(changes()).containsExactly("DeleteStack");
    assertThat(script.leftFiles()).isEmpty();
  }

  @Test
  void withdrawsWhatHasNotBegunAndImportsNothingTwiceUnasked() throws Exception {
    Ended first = deploy("--yes");
    assertThat(first.code()).as(first.printed()).isZero();

    Ended stopped = script.run("--stack", "readings", "--region", "us-west-2", "--stop");
    assertThat(stopped.code()).as(stopped.printed()).isZero();
    assertThat(stopped.out()).contains("Stopped.");
    assertThat(emr.steps("j-FAKE000000001"))
        .singleElement()
        .satisfies(step -> assertThat(step.at("/Status/State").asText()).isEqualTo("CANCELLED"));

    emr.stepState("s-FAKE000000001", "COMPLETED", null);
    Ended again = deploy("--yes");
    assertThat(again.code()).as(again.printed()).isZero();
    assertThat(again.out()).contains("s-FAKE000000001 has imported this file already", "--again");
    assertThat(emr.steps("j-FAKE000000001")).hasSize(1);

    Ended once = deploy("--yes", "--again");
    assertThat(once.code()).as(once.printed()).isZero();
    assertThat(emr.steps("j-FAKE000000001")).hasSize(2);

    aws.plan(
        "elasticmapreduce",
        "DescribeCluster",
        Planned.fails(new AwsError(400, "AccessDeniedException", "You may not look")));
    Ended refused = deploy("--yes");
    assertThat(refused.code()).as(refused.printed()).isEqualTo(5);
    assertThat(refused.err()).contains("DescribeCluster", "You may not look");
    assertThat(refused.out()).doesNotContain("has ended");
  }

  @Test
  void goesOnAfterAFailedUploadAndTakesANewClusterForOneThatEnded() throws Exception {
    aws.plan(
        "s3",
        "PutObject",
        Planned.fails(new AwsError(403, "AccessDenied", "You may not write here")));

    Ended failed = deploy("--yes");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err())
        .contains("AccessDenied", "was not uploaded", "What is there now:", "the stack readings");
    assertThat(emr.steps("j-FAKE000000001")).isEmpty();

    emr.clusterState("j-FAKE000000001", "TERMINATED", "ended by itself");
    Ended again = deploy("--yes");
    assertThat(again.code()).as(again.printed()).isZero();
    assertThat(again.out())
        .contains("ClusterGeneration      2 (was 1)", "a new one in its place", "j-FAKE000000002");
    assertThat(emr.steps("j-FAKE000000002")).hasSize(1);
  }

  @Test
  void saysWhyAStackFailedAndGoesOnFromWhatIsLeftOfIt() throws Exception {
    stacks.failNext("Vpc", "The maximum number of VPCs has been reached.");
    Ended failed = deploy("--yes");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("ROLLBACK_COMPLETE; Vpc: The maximum", "What is there now:");

    Ended again = deploy("--yes");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("cannot be updated", "--delete");
    assertThat(s3.objects()).isEmpty();

    assertThat(script.run("--stack", "readings", "--region", "us-west-2", "--delete", "--yes"))
        .satisfies(deleted -> assertThat(deleted.code()).as(deleted.printed()).isZero());
    Ended anew = deploy("--yes");
    assertThat(anew.code()).as(anew.printed()).isZero();
    assertThat(stacks.parameters("readings"))
        .containsEntry("ExistingTable", "true")
        .containsEntry("ExistingBucket", "false");
  }

  @Test
  void changesNothingThatIsNotConfirmedOrFails() throws Exception {
    aws.plan(
        "cloudformation",
        "DescribeChangeSet",
        Planned.answers(
            Answer.query(
                "DescribeChangeSet",
                "<Status>FAILED</Status><StatusReason>no such type</StatusReason>")));
    Ended failed = deploy("--yes");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("the change set failed: no such type");

    Ended refused = deploy();
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("not confirmed");
    assertThat(changes()).doesNotContain("ExecuteChangeSet", "PutObject", "AddJobFlowSteps");
    assertThat(changes()).endsWith("DeleteChangeSet", "DeleteStack");
  }

  @Test
  void refusesWhatCannotWorkBeforeAnythingIsMade() throws Exception {
    Ended named = script.run("--stack", "my stack", "--config", file.toString());
    assertThat(named.code()).isEqualTo(2);
    assertThat(named.err()).contains("'my stack' cannot name a stack");
    assertThat(aws.requests()).isEmpty();

    Files.writeString(file, YAML.replace("${secretsmanager:lindorm}", "${env:LINDORM_PASSWORD}"));
    Ended secret = deploy("--yes");
    assertThat(secret.code()).isEqualTo(2);
    assertThat(secret.err())
        .contains("my import.yaml:5 source.password", "aws secretsmanager create-secret");
    assertThat(changes()).isEmpty();
  }

  @Test
  void writesTheFileOfNineArgumentsAndKeepsThePasswordToSecretsManager() throws Exception {
    String password = " -p~`!@#$%^&*()_+={}[]|\\:;\"'<>,.?/ $(touch x) ${HOME} `id` ünï\t%s";
    dynamoDb.withTable("sensor-readings");
    script.with("TIMESTAMP_COLUMN", "event_time").with("WRITE_CAPACITY", "700");

    ProcessList asked = ProcessList.watch(password, () -> true);
    Ended first = script.end(script.start(password + "\n", nine("-", "--yes")));
    assertThat(asked.close()).isEmpty();
    assertThat(first.code()).as(first.printed()).isZero();

    int before = aws.requests().size();
    ProcessList given = ProcessList.watch(password, () -> aws.requests().size() > before);
    Ended second = script.run(nine(password, "--yes"));
    assertThat(given.close()).isEmpty();
    assertThat(second.code()).as(second.printed()).isZero();

    String name = "dynaload/lindorm-to-dynamodb-import/lindorm";
    assertThat(secrets.secrets()).containsEntry(name, password);
    assertThat(first.out()).contains("stored as the secret " + name);
    assertThat(second.out()).contains("what it was, in the secret " + name, "none was submitted");
    assertThat(List.of(first.printed(), second.printed()))
        .noneMatch(printed -> printed.contains(password) || printed.contains("$(touch x)"));
    assertThat(aws.requests())
        .filteredOn(request -> request.toString().contains("touch x") || holds(request, "touch x"))
        .extracting(AwsRequest::action)
        .containsExactly("CreateSecret");
    assertThat(folder.resolve("x")).doesNotExist();
    assertThat(script.leftFiles()).isEmpty();

    assertThat(stacks.parameters("lindorm-to-dynamodb-import"))
        .containsEntry("ExistingTable", "true")
        .containsEntry("S3BucketName", "my-bucket")
        .containsEntry("LindormSecretArn", FakeSecretsManager.arn(name));
    Path written =
        Files.writeString(folder.resolve("written.yaml"), uploaded("readings-.*\\.yaml"));
    Tree read = ConfigFile.read(written, List.of());
    assertThat(value(read, "pipeline", "name"))
        .isEqualTo("readings-2023-01-01-2023-02-01-00-00-00");
    assertThat(value(read, "source", "username")).isEqualTo("it's root");
    assertThat(value(read, "source", "timestamp-column")).isEqualTo("event_time");
    assertThat(value(read, "source", "to")).isEqualTo("2023-02-01 00:00:00");
    assertThat(value(read, "sink", "table")).isEqualTo("sensor-readings");
  }

  private static String value(Tree file, String section, String key) {
    return file.child(section).flatMap(child -> child.text(key)).orElseThrow();
  }

  private static boolean holds(AwsRequest request, String text) {
    return request.text().contains(text)
        || request.headers().toString().contains(text)
        || request.parameters().toString().contains(text);
  }
}
