package io.dynaload.emr.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.emr.NeedsAwsCli;
import io.dynaload.emr.ScriptProcess.Ended;
import io.dynaload.emr.fake.Answer;
import io.dynaload.emr.fake.AwsError;
import io.dynaload.emr.fake.Planned;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** monitor.sh through the lives of clusters, steps and jobs. */
@Timeout(240)
class MonitorITCase {
  private static final Map<String, Double> RUNNING =
      Map.ofEntries(
          Map.entry("read", 62_500_000.0),
          Map.entry("written", 62_000_000.0),
          Map.entry("filtered", 400_000.0),
          Map.entry("rejected", 12.0),
          Map.entry("throttled", 0.0),
          Map.entry("writeUnits", 62_000_000.0),
          Map.entry("itemsPerSecond", 17_512.0),
          Map.entry("writeUnitsPerSecond", 6_914.0),
          Map.entry("writeLimit", 7_000.0),
          Map.entry("percent", 62.4),
          Map.entry("secondsLeft", 2_050.0));

  /** Begun after the step. */
  private final String run =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss")
              .withZone(ZoneOffset.UTC)
              .format(Instant.now().minus(Duration.ofMinutes(50)))
          + "-45a9a8fb";

  @TempDir private Path folder;
  private Life life;
  private MonitorScript monitor;

  @BeforeEach
  void start() throws Exception {
    life = new Life();
    monitor = new MonitorScript(folder, life.endpoint());
  }

  @AfterEach
  void stop() {
    life.close();
  }

  private static Map<String, Double> with(Map<String, Double> more) {
    Map<String, Double> figures = new HashMap<>(RUNNING);
    figures.putAll(more);
    return figures;
  }

  private Ended once(String... options) throws Exception {
    String[] all = new String[options.length + 4];
    System.arraycopy(options, 0, all, 4, options.length);
    System.arraycopy(new String[] {life.cluster, Life.TABLE, "us-west-2", "--once"}, 0, all, 0, 4);
    return monitor.run(all);
  }

  private JsonNode json(int exitCode) throws Exception {
    Ended ended = once("--json");
    assertThat(ended.code()).as(ended.toString()).isEqualTo(exitCode);
    assertThat(ended.err()).isEmpty();
    return MonitorScript.json(ended);
  }

  @Test
  void showsAWholeLife() throws Exception {
    String step = life.addStep("dynaload readings", Life.HOLDER);
    Ended starting = once();
    assertThat(starting.code()).isZero();
    assertThat(starting.out())
        .containsPattern("UTC  STARTING\n")
        .containsPattern("cluster +" + life.cluster + "  readings-import  STARTING")
        .containsPattern("step +" + step + "  dynaload readings  PENDING")
        .containsPattern("import +no figures yet")
        .doesNotContain("%", "items/s");

    life.state("RUNNING", null);
    life.step(step, "RUNNING", null);
    Ended begun = once();
    assertThat(begun.code()).isZero();
    assertThat(begun.out()).containsPattern("UTC  RUNNING\n").contains("no figures yet");

    life.publish("readings", run, 80, RUNNING);
    life.table(6_900, 0);
    Ended running = once();
    assertThat(running.code()).isZero();
    assertThat(running.out())
        .contains("3 x m5.xlarge")
        .containsPattern("RUNNING  1 h 0[0-9] min")
        .contains("readings  RUNNING  run " + run)
        .contains("[############--------] 62%  0:34:10 left  " + Done.BY_THE_IMPORT)
        .contains("62,400,012  17,512 items/s  written 62,000,000  rejected 12")
        .contains("6,914 WCU/s of 7,000 it may use  throttled 0")
        .containsPattern("as of +[0-9:]+ UTC, [0-9]+ (s|min) ago \\(CloudWatch\\)\n")
        .contains("7,000 WCU/s provisioned", "6,900 WCU/s consumed", "98% of its capacity")
        .contains("none refused")
        // Three nodes for 75 minutes, 7,000 write units for 60, and what the test has taken.
        .containsPattern(
            "about \\$5\\.[4-9]. so far: cluster \\$0\\.9., write units \\$4\\.[5-8]. \\(est");

    life.table(7_000, 340);
    life.publish("readings", run, 10, with(Map.of("throttled", 9_000.0)));
    Ended throttled = once();
    assertThat(throttled.code()).isZero();
    assertThat(throttled.out())
        .contains("THROTTLED: 340 writes refused at", "throttled 9,000", "100% of its capacity");

    life.publish(
        "readings",
        run,
        0,
        with(
            Map.of(
                "read",
                1e8,
                "written",
                99_599_988.0,
                "percent",
                100.0,
                "secondsLeft",
                0.0,
                "failed",
                0.0)));
    life.step(step, "COMPLETED", null);
    Ended end = once();
    assertThat(end.code()).isZero();
    assertThat(end.out())
        .containsPattern("UTC  FINISHED\n")
        .containsPattern("step +" + step + "  dynaload readings  COMPLETED  54 min")
        .contains("readings  FINISHED  run " + run)
        .contains("[####################] 100%  0:00:00 left")
        .contains("100,000,000  17,512 items/s  written 99,599,988  rejected 12");
    JsonNode finished = json(0);
    assertThat(finished.path("state").asText()).isEqualTo("FINISHED");
    assertThat(finished.path("exitCode").asInt(-1)).isZero();
    assertThat(finished.at("/imports/0/state").asText()).isEqualTo("FINISHED");
    assertThat(finished.at("/imports/0/written").asLong()).isEqualTo(99_599_988L);
    assertThat(finished.at("/imports/0/percent").asDouble()).isEqualTo(100);
    assertThat(finished.at("/imports/0/basis").asText()).isEqualTo(Done.BY_THE_IMPORT);
    assertThat(finished.at("/costEstimate/clusterDollars").asDouble()).isBetween(0.89, 1.0);
    assertThat(finished.at("/table/items").asLong()).isEqualTo(61_000_000);
  }

  @Test
  void aMachineIsToldWhatIsNotKnown() throws Exception {
    life.addStep("dynaload readings", Life.HOLDER);
    JsonNode json = json(0);
    assertThat(json.path("state").asText()).isEqualTo("STARTING");
    assertThat(json.path("exitCode").isNull()).isTrue();
    assertThat(json.path("imports")).isEmpty();
    assertThat(json.at("/table/consumedWriteUnitsPerSecond").isNull()).isTrue();
    assertThat(json.at("/costEstimate/writeUnitDollars").isNull()).isTrue();
  }

  @Test
  void aJobThatFailedWhileItsStepIsCompletedIsAFailure() throws Exception {
    String step = life.addStep("by hand", Life.NO_HOLDER);
    life.state("WAITING", null);
    life.step(step, "COMPLETED", null);
    life.publish("readings", "r1", 60, with(Map.of("failed", 1.0)));
    Ended ended = once();
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out())
        .contains("FAILED: readings has failed, though step " + step + " is COMPLETED");
  }

  @Test
  void aJobThatItsStepHasLeftBehindIsWatchedToItsEnd() throws Exception {
    String step = life.addStep("by hand", Life.NO_HOLDER);
    life.state("RUNNING", null);
    life.step(step, "COMPLETED", null);
    life.publish("readings", "r1", 60, RUNNING);
    assertThat(once().out()).contains("RUNNING: step " + step + " has left its job behind");

    life.cloudWatch.forget("Dynaload");
    life.publish("readings", "r1", 900, RUNNING);
    Ended silent = once();
    assertThat(silent.code()).isEqualTo(1);
    assertThat(silent.out()).containsPattern("FAILED: readings has said nothing for 1[456] min");
  }

  @Test
  void yarnSaysHowAnApplicationEndedAndFlinkWhereItIs() throws Exception {
    life.openNetwork();
    String step = life.addStep("by hand", Life.NO_HOLDER);
    life.state("RUNNING", null);
    life.step(step, "COMPLETED", null);
    String application = life.yarn.run("readings", Map.of("written", 63_000_000L, "read", 5L));
    life.publish("readings", "r1", 60, RUNNING);
    assertThat(once().out())
        .contains("readings  RUNNING  run r1  " + application + " RUNNING")
        .contains("written 63,000,000", "; counts of now (Flink)");

    life.yarn.end(application, "FAILED", "\nThe target failed: no such table\n  more");
    Ended ended = once();
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).contains("readings has failed (The target failed: no such table)");
  }

  @Test
  void aStepsExitCodeIsPassedOnWhereEmrTellsIt() throws Exception {
    String step = life.addStep("dynaload readings", Life.HOLDER);
    life.state("WAITING", null);
    life.step(step, "FAILED", "Command exited with exit code 5");
    Ended ended = once();
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.out()).contains("FAILED: step " + step + " is FAILED (");
    life.step(step, "FAILED", null);
    assertThat(json(1).path("exitCode").asInt()).isEqualTo(1);
    life.step(step, "CANCELLED", null);
    assertThat(json(143).path("reason").asText()).contains("was cancelled");
  }

  @Test
  void aClusterThatEndedWhileItsStepRanIsAFailure() throws Exception {
    String step = life.addStep("dynaload readings", Life.HOLDER);
    life.step(step, "RUNNING", null);
    life.publish("readings", "r1", 120, RUNNING);
    life.state("TERMINATED_WITH_ERRORS", "Primary node was lost");
    Ended ended = once();
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out())
        .contains(
            "FAILED: the cluster is TERMINATED_WITH_ERRORS (Primary node was lost), and step");

    life.state("TERMINATED", "Terminated by user request");
    assertThat(json(1).path("state").asText()).isEqualTo("FAILED");

    life.step(step, "COMPLETED", null);
    assertThat(json(0).path("state").asText()).isEqualTo("FINISHED");
  }

  @Test
  void aRunThatGoesOnIsShownInTheOthersPlaceAndImportsBesideEachOther() throws Exception {
    String step = life.addStep("dynaload all", Life.HOLDER);
    life.state("RUNNING", null);
    life.step(step, "RUNNING", null);
    life.publish("all/orders", "run-1", 1_500, with(Map.of("written", 5.0, "failed", 1.0)));
    life.publish("all/orders", "run-2", 90, with(Map.of("written", 700.0)));
    life.publish("all/customers", "run-2", 90, with(Map.of("written", 800.0)));
    // Before this step began.
    life.publish("all/parts", "run-0", 9_000, with(Map.of("written", 900.0)));
    JsonNode json = json(0);
    assertThat(json.path("imports").findValuesAsText("name"))
        .containsExactly("all/customers", "all/orders");
    assertThat(json.path("imports").findValuesAsText("run")).containsOnly("run-2");
    assertThat(json.at("/imports/1/written").asLong()).isEqualTo(700);
    assertThat(json.at("/imports/1/state").asText()).isEqualTo("RUNNING");
  }

  @Test
  void withoutAPercentageTheTablesItemsTellIfOneKnowsHowManyItIsToHave() throws Exception {
    String step = life.addStep("dynaload readings", Life.HOLDER);
    life.state("RUNNING", null);
    life.step(step, "RUNNING", null);
    Map<String, Double> noEnd = new HashMap<>(RUNNING);
    noEnd.keySet().removeAll(List.of("percent", "secondsLeft"));
    life.publish("readings", "r1", 60, noEnd);
    assertThat(once().out()).doesNotContain(Done.BY_THE_TABLE, "[#");
    assertThat(once("--items", "100000000").out())
        .contains("[############--------] 61%  " + Done.BY_THE_TABLE);
  }

  @Test
  void whatIsDeniedIsANoteAndTheRestIsShown() throws Exception {
    String step = life.addStep("dynaload readings", Life.HOLDER);
    life.state("RUNNING", null);
    life.step(step, "RUNNING", null);
    AwsError denied = new AwsError(403, "AccessDenied", "you may not do this");
    life.aws.plan("monitoring", "ListMetrics", Planned.fails(denied));
    life.aws.plan("dynamodb", "DescribeTable", Planned.fails(denied));
    Ended ended = once();
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .containsPattern("RUNNING  1 h 0[0-9] min")
        .containsPattern("note +CloudWatch: you may not do this")
        .containsPattern("note +DynamoDB: you may not do this");
  }

  @Test
  void aClusterThatIsNotThereOrMayNotBeSeenIsTheUsersMistake() throws Exception {
    Ended other = monitor.run("j-OTHER", Life.TABLE, "us-west-2", "--once");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("There is no cluster j-OTHER in this region", "--stack");
    life.aws.plan(
        "elasticmapreduce",
        "DescribeCluster",
        Planned.fails(AwsError.invalid("AccessDeniedException", "you may not do this")));
    Ended denied = once();
    assertThat(denied.code()).isEqualTo(2);
    assertThat(denied.err()).contains("you may not do this", "docs/iam.md").doesNotContain("\tat ");
    assertThat(monitor.run(life.cluster, Life.TABLE).code()).isEqualTo(2);
    assertThat(once("--interval", "0").err()).contains("--interval is 0", "at least 1");
    assertThat(once("--items", "0").err()).contains("--items is 0");
    assertThat(monitor.run(life.cluster, Life.TABLE, "us-west-2", "--often").err())
        .contains("--often is no option", "usage:");
  }

  @Test
  void goesOnLookingUntilTheEnd() throws Exception {
    String step = life.addStep("dynaload readings", Life.HOLDER);
    life.state("RUNNING", null);
    life.step(step, "RUNNING", null);
    life.publish("readings", "r1", 60, RUNNING);
    Process process =
        monitor.start(life.cluster, Life.TABLE, "us-west-2", "--json", "--interval", "1");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
    while (monitor.printed().lines().count() < 2) {
      assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).as(monitor.printed()).isFalse();
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
    // One look that fails is no end.
    life.aws.plan(
        "elasticmapreduce",
        "DescribeCluster",
        Planned.fails(AwsError.invalid("ExpiredTokenException", "not now")));
    life.step(step, "COMPLETED", null);
    Ended ended = monitor.end(process);
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).containsPattern("warning: EMR does not tell of .*not now");
    assertThat(ended.out().lines().reduce((one, next) -> next).orElse(""))
        .contains("\"state\":\"FINISHED\"");
  }

  @Test
  void aFirstLookThatIsThrottledIsNoEndEitherButForOneLookAlone() throws Exception {
    String step = life.addStep("dynaload readings", Life.HOLDER);
    life.step(step, "COMPLETED", null);
    // More often than the client tries again.
    Planned[] throttled = new Planned[3];
    Arrays.fill(throttled, Planned.fails(AwsError.invalid("ThrottlingException", "Rate exceeded")));
    life.aws.plan("elasticmapreduce", "DescribeCluster", throttled);
    Ended ended = monitor.run(life.cluster, Life.TABLE, "us-west-2", "--interval", "1");
    assertThat(ended.code()).as(ended.toString()).isZero();
    assertThat(ended.err()).containsPattern("warning: EMR does not tell of .*Rate exceeded");
    assertThat(ended.out()).contains("UTC  FINISHED");

    life.aws.plan("elasticmapreduce", "DescribeCluster", throttled);
    Ended one = once();
    assertThat(one.code()).isEqualTo(1);
    assertThat(one.err()).contains("Rate exceeded", "look less often").doesNotContain("\tat ");
  }

  @Test
  @NeedsAwsCli
  void takesClusterAndTableFromAStack() throws Exception {
    life.addStep("dynaload readings", Life.HOLDER);
    life.aws.plan(
        "cloudformation",
        "DescribeStacks",
        Planned.answers(
            Answer.query(
                "DescribeStacks",
                """
                <Stacks><member><StackName>mine</StackName><StackStatus>CREATE_COMPLETE</StackStatus>\
                <CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>\
                <member><OutputKey>ClusterId</OutputKey><OutputValue>%s</OutputValue></member>\
                <member><OutputKey>TableName</OutputKey><OutputValue>%s</OutputValue></member>\
                </Outputs></member></Stacks>\
                """
                    .formatted(life.cluster, Life.TABLE))));
    Ended ended = monitor.run("--stack", "mine", "--region", "us-west-2", "--once", "--json");
    assertThat(ended.code()).as(ended.toString()).isZero();
    assertThat(MonitorScript.json(ended).at("/cluster/id").asText()).isEqualTo(life.cluster);
    assertThat(MonitorScript.json(ended).at("/table/items").asLong()).isEqualTo(61_000_000);
    assertThat(monitor.run("--stack", "none", "--region", "us-west-2", "--once").code())
        .isEqualTo(2);
  }
}
