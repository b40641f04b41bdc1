package io.dynaload.emr.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.emr.StepArguments;
import io.dynaload.emr.yarn.YarnContainer.Role;
import io.dynaload.local.S3Server;
import io.dynaload.pipeline.LocalImport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The arguments of EMR's steps, run as they are on a cluster of Hadoop's own servers, with the
 * job's jar and the configuration that EMR's clusters get: from Lindorm to DynamoDB Local.
 */
@Timeout(900)
class YarnStepITCase {
  private static final String BUCKET = "import-bucket";
  private static final String JAR = "s3://" + BUCKET + "/app/dynaload.jar";
  private static final int ROWS = 4_000;

  /** Many times what stands in Flink's buffers: the readers are far from their end for minutes. */
  private static final int MANY_ROWS = 40_000;

  @TempDir private static Path shared;
  private static S3Server s3;
  private static YarnCluster cluster;
  private static EmrNode node;

  @TempDir private Path folder;
  private LocalImport local;
  private String name;

  @BeforeAll
  static void startTheCluster() throws Exception {
    s3 = S3Server.start(BUCKET, Files.createDirectory(shared.resolve("s3")));
    cluster =
        YarnCluster.start(shared.resolve("yarn"), EmrNode.classification("yarn-site", BUCKET));
    // EMR's minute until a lost master's place is taken is too long for a test.
    Map<String, String> impatient =
        Map.of("high-availability.zookeeper.client.session-timeout", "5000");
    node = EmrNode.create(shared.resolve("node"), cluster, s3, BUCKET, impatient);
    s3.put(
        BUCKET,
        "app/dynaload.jar",
        Files.readAllBytes(YarnLibraries.target().resolve("dynaload.jar")));
  }

  @AfterAll
  static void stopTheCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }

  @BeforeEach
  void startSourceAndTarget(TestInfo test) throws Exception {
    name = test.getTestMethod().orElseThrow().getName();
    startSourceAndTarget(ROWS);
  }

  private void startSourceAndTarget(int rows) throws Exception {
    local = LocalImport.start(rows, folder);
    upload(Files.readString(local.file()));
  }

  /** The password's place is named whole: the step runs in another folder. */
  private void upload(String file) throws Exception {
    String known = file.replace("${file:password}", "${file:" + folder.resolve("password") + "}");
    s3.put(
        BUCKET, "app/" + name + ".yaml", known.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopSourceAndTarget() {
    node.killSteps();
    local.close();
  }

  private StepArguments arguments(String... overrides) {
    List<String> all = new ArrayList<>();
    all.add("pipeline.name=" + name);
    all.add("pipeline.checkpoint.directory=s3://" + BUCKET + "/checkpoints");
    all.add("pipeline.dead-letters.directory=s3://" + BUCKET + "/dead-letters");
    all.add("pipeline.cloudwatch=false");
    all.addAll(Arrays.asList(overrides));
    return new StepArguments(JAR, "s3://" + BUCKET + "/app/" + name + ".yaml", all);
  }

  /** Of this test, the oldest first. */
  private List<YarnApplication> applications() throws Exception {
    return cluster.applications().stream()
        .filter(each -> each.name().startsWith("dynaload " + name))
        .toList();
  }

  private YarnContainer container(Role role) {
    return cluster.containers().stream()
        .filter(each -> each.role() == role)
        .findFirst()
        .orElseThrow();
  }

  private static String lastLine(String text) {
    List<String> lines = text.lines().toList();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  private void assertSucceeded(EmrStep step) throws Exception {
    assertThat(step.exitCode()).as(() -> step.printed() + cluster.logs()).isZero();
    assertThat(lastLine(step.stdout())).contains(" finished in ", "balanced");
    local.assertWhole();
  }

  /** Until the job has a checkpoint and has written some rows more than now. */
  private void awaitProgress(EmrStep step) throws Exception {
    int before = written();
    Waiting.until(
        () -> {
          assertThat(step.isAlive()).as(step::printed).isTrue();
          return s3.list(BUCKET, "checkpoints/" + name).contains("/_metadata")
              && written() > before + 100;
        },
        () -> step.printed() + cluster.logs());
  }

  private int written() {
    return local.hasTable("sensor-readings") ? local.found().size() : 0;
  }

  @Test
  void aTableIsImported() throws Exception {
    EmrStep step = node.start(arguments().toImport());

    assertSucceeded(step);
    assertThat(lastLine(step.stdout()))
        .contains("written " + "%,d".formatted(local.expectedRows()));
    assertThat(applications()).singleElement().satisfies(YarnStepITCase::succeeded);
  }

  private static void succeeded(YarnApplication application) {
    assertThat(application.state()).isEqualTo("FINISHED");
    assertThat(application.finalStatus()).isEqualTo("SUCCEEDED");
  }

  @Test
  void aFileWithAnUnknownKeyIsRefusedBeforeThereIsAnApplication() throws Exception {
    EmrStep step = node.start(arguments("sink.tabel=x").toImport());

    assertThat(step.exitCode()).as(step::printed).isEqualTo(2);
    assertThat(step.stderr()).contains("sink.tabel");
    assertThat(applications()).isEmpty();
  }

  @Test
  void aWrongPasswordFailsTheApplicationAndTheStep() throws Exception {
    Files.writeString(folder.resolve("password"), "another");
    EmrStep step = node.start(arguments().toImport());

    assertThat(step.exitCode()).as(step::printed).isEqualTo(2);
    assertThat(step.stderr()).contains("refuses the login").doesNotContain("another");
    assertThat(applications())
        .singleElement()
        .satisfies(each -> assertThat(each.finalStatus()).isEqualTo("FAILED"));
  }

  @Test
  void aTargetTableThatIsNotThereFailsTheApplicationAndTheStep() throws Exception {
    upload(Files.readString(local.file()).replaceAll("(?m)^ *create-table: .*\n", ""));
    EmrStep step = node.start(arguments().toImport());

    assertThat(step.exitCode()).as(step::printed).isEqualTo(2);
    assertThat(step.stderr()).contains("sensor-readings", "does not exist");
    assertThat(step.stdout()).doesNotContain("written ", "balanced");
    assertThat(applications())
        .singleElement()
        .satisfies(each -> assertThat(each.finalStatus()).isEqualTo("FAILED"));
    assertThat(local.hasTable("sensor-readings")).isFalse();
  }

  @Test
  void aTaskManagerAndThenTheApplicationMasterAreKilled() throws Exception {
    EmrStep step = node.start(arguments("sink.write-capacity=50").toImport());
    awaitProgress(step);
    container(Role.TASK_MANAGER).kill();
    awaitProgress(step);
    container(Role.APPLICATION_MASTER).kill();

    assertSucceeded(step);
    assertThat(applications()).singleElement().satisfies(YarnStepITCase::succeeded);
  }

  @Test
  void severalImportsAreSeveralApplications() throws Exception {
    upload(
        Files.readString(local.file())
            + """
            max-concurrent: 2
            imports:
              - name: early
                source: {to: 2023-01-10 00:00:00}
              - name: late
                source: {from: 2023-01-10 00:00:00}
            """);
    EmrStep step = node.start(arguments().toImport());

    assertThat(step.exitCode()).as(() -> step.printed() + cluster.logs()).isZero();
    local.assertWhole();
    assertThat(applications()).hasSize(2).allSatisfy(YarnStepITCase::succeeded);
    assertThat(applications())
        .extracting(YarnApplication::name)
        .containsExactlyInAnyOrder("dynaload " + name + "/early", "dynaload " + name + "/late");
  }

  @Test
  void aStepIsStoppedAndGoneOnWith() throws Exception {
    local.close();
    startSourceAndTarget(MANY_ROWS);
    // Some minutes, in which the step that stops it has begun on the busiest machine.
    StepArguments slow = arguments("sink.write-capacity=200");
    EmrStep first = node.start(slow.toImport());
    awaitProgress(first);

    EmrStep stop = node.start(slow.toStop());
    assertThat(stop.exitCode()).as(stop::printed).isZero();
    assertThat(lastLine(stop.stdout())).contains("with a savepoint");
    assertThat(first.exitCode()).as(first::printed).isEqualTo(143);
    assertThat((long) written()).isLessThan(local.expectedRows());

    EmrStep second = node.start(arguments().toResume("latest"));
    assertSucceeded(second);
    assertThat(second.stderr()).contains("Going on from s3://");
  }
}
