package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.emr.ScriptProcess.Ended;
import io.dynaload.emr.fake.Answer;
import io.dynaload.emr.fake.AwsError;
import io.dynaload.emr.fake.FakeSecretsManager;
import io.dynaload.emr.fake.Planned;
import io.dynaload.emr.yarn.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an account can have that is in the way of deploy.sh. */
@NeedsAwsCli
class DeployTroubleITCase extends DeployTests {
  private static final String CLUSTER = "j-FAKE000000001";

  @Test
  void asksAnImportAgainThatCouldNotBeStoppedYetAndWithdrawsTheOthers() throws Exception {
    assertThat(deploy("--yes").code()).isZero();
    assertThat(deploy("--yes", "--set", "pipeline.name=second").code()).isZero();
    emr.stepState("s-FAKE000000001", "RUNNING", null);
    emr.pageSize(1);

    Process stopping = script.start("", "--stack", "readings", "--region", "us-west-2", "--stop");
    awaitSteps(3);
    emr.stepState("s-FAKE000000003", "COMPLETED", null);
    awaitSteps(4);
    emr.stepState("s-FAKE000000001", "FAILED", null);
    emr.stepState("s-FAKE000000004", "COMPLETED", null);
    Ended stopped = script.end(stopping);

    assertThat(stopped.code()).as(stopped.printed()).isZero();
    assertThat(stopped.out())
        .contains(
            "step s-FAKE000000002, dynaload second",
            "step s-FAKE000000001, dynaload readings-2023-01",
            "Stopping, by step s-FAKE000000004",
            "Stopped.");
    assertThat(emr.steps(CLUSTER))
        .extracting(step -> step.at("/Status/State").asText())
        .containsExactly("FAILED", "CANCELLED", "COMPLETED", "COMPLETED");
  }

  @Test
  void saysThatAnImportCouldNotBeStopped() throws Exception {
    assertThat(deploy("--yes").code()).isZero();
    emr.stepState("s-FAKE000000001", "RUNNING", null);
    aws.plan("elasticmapreduce", "DescribeStep", stepIs("FAILED"));

    Ended stopped = script.run("--stack", "readings", "--region", "us-west-2", "--stop");

    assertThat(stopped.code()).as(stopped.printed()).isEqualTo(1);
    assertThat(stopped.err())
        .contains("step s-FAKE000000002, which was to stop the import, is FAILED", "/steps/s-FAKE");
  }

  @Test
  void aClusterThatPerhapsIsReplacedIsKeptFromWhatRunsOnIt() throws Exception {
    assertThat(deploy("--yes").code()).isZero();
    aws.forgetRequests();
    aws.plan(
        "cloudformation",
        "DescribeChangeSet",
        Planned.answers(
            Answer.query(
                "DescribeChangeSet",
                "<Status>CREATE_COMPLETE</Status><Changes><member><Type>Resource</Type>"
                    + "<ResourceChange><Action>Modify</Action>"
                    + "<LogicalResourceId>Cluster</LogicalResourceId>"
                    + "<ResourceType>AWS::EMR::Cluster</ResourceType>"
                    + "<Replacement>Conditional</Replacement></ResourceChange></member>"
                    + "</Changes>")));

    Ended refused = deploy("--yes", "--parameter", "IdleTimeout=90");

    assertThat(refused.code()).as(refused.printed()).isEqualTo(2);
    assertThat(refused.err()).contains("a new cluster in the place of " + CLUSTER);
    assertThat(changes()).containsExactly("CreateChangeSet", "DeleteChangeSet");
  }

  @Test
  void aStackThatCannotBeLookedAtIsNotTakenForOneThatIsMade() throws Exception {
    aws.plan(
        "cloudformation",
        "DescribeStackEvents",
        Planned.fails(new AwsError(403, "AccessDenied", "You may not look")));

    Ended failed = deploy("--yes");

    assertThat(failed.code()).as(failed.printed()).isEqualTo(5);
    assertThat(failed.err()).contains("DescribeStackEvents", "You may not look");
    assertThat(changes()).doesNotContain("ExecuteChangeSet", "AddJobFlowSteps");
  }

  @Test
  void aStackWhoseRollbackFailedHasToBeMendedFirst() throws Exception {
    assertThat(deploy("--yes").code()).isZero();
    stacks.become("readings", "UPDATE_ROLLBACK_FAILED");
    aws.forgetRequests();

    Ended failed = deploy("--yes");

    assertThat(failed.code()).as(failed.printed()).isEqualTo(1);
    assertThat(failed.err()).contains("UPDATE_ROLLBACK_FAILED", "continue-update-rollback");
    assertThat(changes()).isEmpty();
  }

  @Test
  void aBucketThatTheClusterCannotUseIsRefused() throws Exception {
    s3.withBucket("elsewhere", "eu-west-1");
    Ended far = deploy("--yes", "--parameter", "S3BucketName=elsewhere");
    assertThat(far.code()).as(far.printed()).isEqualTo(2);
    assertThat(far.err()).contains("The bucket elsewhere is in eu-west-1", "--region eu-west-1");

    Ended other = deploy("--yes", "--set", "pipeline.dead-letters.directory=s3://letters/mine");
    assertThat(other.code()).as(other.printed()).isEqualTo(2);
    assertThat(other.err())
        .contains("pipeline.dead-letters.directory: s3://letters/mine", "InstancePolicyArn");
    assertThat(changes()).isEmpty();
  }

  @Test
  void aSecretIsSavedFromDeletionWhereThePasswordIsKnown() throws Exception {
    String name = "dynaload/lindorm-to-dynamodb-import/lindorm";
    dynamoDb.withTable("sensor-readings");
    secrets.withSecret(name, "as it was").delete(name);

    Ended restored = script.end(script.start("another\n", nine("-", "--yes")));
    assertThat(restored.code()).as(restored.printed()).isZero();
    assertThat(restored.out()).contains("was scheduled for deletion and is restored");
    assertThat(secrets.secrets()).containsEntry(name, "another");
    assertThat(changes()).contains("RestoreSecret", "PutSecretValue");
    assertThat(stacks.parameters("lindorm-to-dynamodb-import"))
        .containsEntry("LindormSecretArn", FakeSecretsManager.arn(name));

    secrets.delete("lindorm");
    Ended refused = deploy("--yes");
    assertThat(refused.code()).as(refused.printed()).isEqualTo(2);
    assertThat(refused.err())
        .contains("lindorm is scheduled for deletion", "restore-secret --region us-west-2");
  }

  private void awaitSteps(int number) throws Exception {
    Waiting.until(
        () -> emr.steps(CLUSTER).size() == number,
        () -> List.copyOf(emr.steps(CLUSTER)).stream().map(JsonNode::toString).toList() + out());
  }

  private String out() {
    try {
      return Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
