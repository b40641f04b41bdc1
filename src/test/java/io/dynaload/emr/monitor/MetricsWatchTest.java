package io.dynaload.emr.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** Which runs are shown, and how much is asked for that. */
class MetricsWatchTest {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Instant now = Instant.now();
  private Life life;
  private CloudWatchClient client;

  @BeforeEach
  void start() throws Exception {
    life = new Life();
    client =
        CloudWatchClient.builder()
            .endpointOverride(life.endpoint())
            .region(Region.US_WEST_2)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    life.close();
  }

  private String run(int minutesAgo, String suffix) {
    return NAME.format(now.minus(Duration.ofMinutes(minutesAgo))) + "-" + suffix;
  }

  private List<ImportView> imports(int minutesAgo, boolean mayHaveBegunBefore) {
    return new MetricsWatch(client)
        .imports(life.cluster, now, now.minus(Duration.ofMinutes(minutesAgo)), mayHaveBegunBefore);
  }

  private long asked() {
    return life.aws.requests().stream()
        .filter(each -> each.action().equals("GetMetricData"))
        .count();
  }

  @Test
  void theNewestRunIsToldByItsNameThoughAnotherSpokeInTheSameMinute() {
    life.publish("readings", run(20, "ffffffff"), 60, Map.of("failed", 1.0));
    life.publish("readings", run(10, "00000000"), 60, Map.of("written", 5.0));
    life.publish("readings", run(30, "eeeeeeee"), 60, Map.of("failed", 1.0));
    assertThat(imports(40, false))
        .singleElement()
        .satisfies(view -> assertThat(view.run()).isEqualTo(run(10, "00000000")))
        .satisfies(view -> assertThat(view.state(now)).isEqualTo(ImportView.State.RUNNING));
  }

  @Test
  void runsOfThePastAreNotAskedFor() {
    life.publish("old", run(90, "aaaaaaaa"), 5_000, Map.of("written", 1.0));
    life.publish("readings", run(70, "bbbbbbbb"), 4_000, Map.of("written", 1.0));
    life.publish("readings", run(10, "cccccccc"), 60, Map.of("written", 2.0));
    assertThat(imports(15, false)).extracting(ImportView::name).containsExactly("readings");
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void aJobThatAnEarlierStepLeftBehindIsShownWhileItSpeaks() {
    life.publish("left", run(90, "aaaaaaaa"), 60, Map.of("written", 1.0));
    assertThat(imports(15, true)).extracting(ImportView::name).containsExactly("left");
    assertThat(imports(15, false)).isEmpty();
  }
}
