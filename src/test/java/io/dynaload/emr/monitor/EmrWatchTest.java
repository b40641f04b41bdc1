package io.dynaload.emr.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emr.EmrClient;

/** Which steps are watched. */
class EmrWatchTest {
  private Life life;
  private EmrClient client;
  private EmrWatch watch;

  @BeforeEach
  void start() throws Exception {
    life = new Life();
    client =
        EmrClient.builder()
            .endpointOverride(life.endpoint())
            .region(Region.US_WEST_2)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    watch = new EmrWatch(client);
  }

  @AfterEach
  void stop() {
    client.close();
    life.close();
  }

  private String addStep(String state) {
    String id = life.addStep("dynaload readings", Life.HOLDER);
    life.step(id, state, null);
    return id;
  }

  private List<String> watched() {
    return watch.steps(life.cluster, null).stream().map(StepView::id).toList();
  }

  @Test
  void aStepThatWasSeenRunningIsWatchedAfterItsEndToo() {
    String past = addStep("COMPLETED");
    String one = addStep("RUNNING");
    String other = addStep("RUNNING");
    assertThat(watched()).containsExactly(other, one);
    life.step(one, "FAILED", "exit code 5");
    assertThat(watched()).containsExactly(other, one);
    life.step(other, "COMPLETED", null);
    assertThat(watched()).containsExactly(other, one).doesNotContain(past);
  }

  @Test
  void withoutAStepThatRunsTheNewestHolderIsWatched() {
    addStep("COMPLETED");
    String newest = addStep("FAILED");
    life.step(life.addStep("by hand", Life.NO_HOLDER), "COMPLETED", null);
    assertThat(watched()).containsExactly(newest);
  }

  @Test
  void aStepThatRunsIsFoundBehindThePagesOfThoseAfterIt() {
    String running = addStep("RUNNING");
    IntStream.range(0, 60).forEach(any -> addStep("CANCELLED"));
    assertThat(watched()).containsExactly(running);
    assertThat(life.aws.requests("elasticmapreduce", "ListSteps")).hasSize(2);
  }
}
