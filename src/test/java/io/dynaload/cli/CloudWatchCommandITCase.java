package io.dynaload.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.emr.fake.FakeAws;
import io.dynaload.emr.fake.FakeCloudWatch;
import io.dynaload.emr.fake.FakeCloudWatch.Datum;
import io.dynaload.metrics.Count;
import io.dynaload.pipeline.LocalImport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code import} with {@code pipeline.cloudwatch: true}. */
@Timeout(240)
class CloudWatchCommandITCase {
  private static final String ENDPOINT = "aws.endpointUrlCloudWatch";

  @TempDir private Path folder;
  private final FakeCloudWatch cloudWatch = new FakeCloudWatch(Clock.systemUTC());
  private FakeAws aws;
  private LocalImport local;

  @BeforeEach
  void startTheServers() throws Exception {
    aws = FakeAws.start(cloudWatch);
    System.setProperty(ENDPOINT, aws.endpoint().toString());
    local = LocalImport.start(5_000, folder);
  }

  @AfterEach
  void stopTheServers() {
    System.clearProperty(ENDPOINT);
    local.close();
    aws.close();
  }

  private ExitStatus run(String... more) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    return DynaloadCommand.execute(
        Stream.concat(
                Stream.of(
                    "import",
                    local.file().toString(),
                    "--report",
                    folder.resolve("report.json").toString()),
                Arrays.stream(more))
            .toArray(String[]::new),
        new Terminal(nowhere, nowhere, 0));
  }

  private double last(String metric) {
    return cloudWatch.data().stream()
        .filter(datum -> datum.name().equals(metric))
        .reduce((one, next) -> next)
        .map(Datum::value)
        .orElseThrow();
  }

  @Test
  void publishesWhatTheReportSays() throws Exception {
    assertThat(run("--set=pipeline.cloudwatch=true")).isEqualTo(ExitStatus.OK);
    JsonNode report =
        new ObjectMapper().readTree(Files.readString(folder.resolve("report.json"), UTF_8));
    for (Count count : Count.values()) {
      assertThat(last(count.key())).as(count.key()).isEqualTo(report.path(count.key()).asLong());
    }
    assertThat(last("written")).isPositive();
    assertThat(last("failed")).isZero();
    assertThat(cloudWatch.data())
        .allSatisfy(
            datum ->
                assertThat(datum.dimensions())
                    .containsOnlyKeys("import", "run")
                    .containsEntry("import", "readings"));
  }

  @Test
  void publishesThatTooManyItemsWereRejected() {
    local.spoil(3);
    assertThat(run("--set=pipeline.cloudwatch=true")).isEqualTo(ExitStatus.REJECTED);
    assertThat(last("failed")).isEqualTo(1);
  }

  @Test
  void publishesNothingUnlessItIsTold() {
    assertThat(run()).isEqualTo(ExitStatus.OK);
    assertThat(aws.requests()).isEmpty();
  }
}
