package io.dynaload.emr;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.emr.ScriptProcess.Ended;
import io.dynaload.emr.fake.Answer;
import io.dynaload.emr.fake.AwsRequest;
import io.dynaload.emr.fake.FakeAws;
import io.dynaload.emr.fake.FakeCloudFormation;
import io.dynaload.emr.fake.FakeDynamoDb;
import io.dynaload.emr.fake.FakeEmr;
import io.dynaload.emr.fake.FakeS3;
import io.dynaload.emr.fake.FakeSecretsManager;
import io.dynaload.emr.fake.FakeSts;
import io.dynaload.emr.fake.Planned;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An account for each test, and deploy.sh to use on it with the real aws CLI. */
abstract class DeployTests {
  static final String SECRET =
      "arn:aws:secretsmanager:us-west-2:123456789012:secret:lindorm-AbCdEf";
  static final String YAML =
      """
      source:
        type: lindorm
        url: jdbc:lindorm:table:url=http://lindorm.example.com:30060
        username: root
        password: ${secretsmanager:lindorm}
        table: readings
        timestamp-column: event_time
        from: 2023-01-01 00:00:00
        to: 2023-02-01 00:00:00
      sink:
        table: sensor-readings
        region: us-west-2
        create-table: {partition-key: 'sensor_id:S', sort-key: 'event_time:N'}
      pipeline:
        name: readings-2023-01
      """;

  /** What changes nothing. */
  private static final Set<String> LOOKS = Set.of("Get", "Describe", "Head", "List", "Validate");

  @TempDir Path folder;

  final FakeS3 s3 = new FakeS3();
  final FakeDynamoDb dynamoDb = new FakeDynamoDb();
  final FakeEmr emr = new FakeEmr();
  final FakeSecretsManager secrets = new FakeSecretsManager();
  final FakeCloudFormation stacks = new FakeCloudFormation(emr, s3, dynamoDb);
  FakeAws aws;
  DeployScript script;
  Path file;

  @BeforeEach
  void start() throws Exception {
    aws = FakeAws.start(new FakeSts(), s3, dynamoDb, emr, secrets, stacks);
    script = new DeployScript(folder, aws.endpoint());
    secrets.withSecret("lindorm", "unread");
    file = Files.writeString(folder.resolve("my import.yaml"), YAML);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  static String[] nine(String password, String... options) {
    List<String> all =
        List.of(
            "my-bucket",
            "jdbc:lindorm:table:url=http://lindorm.example.com:30060",
            "readings",
            "it's root",
            password,
            "2023-01-01",
            "2023-02-01 00:00:00",
            "us-west-2",
            "sensor-readings");
    return with(all, options).toArray(String[]::new);
  }

  Ended deploy(String... options) throws Exception {
    List<String> all =
        with(
            List.of("--stack", "readings", "--config", file.toString(), "--region", "us-west-2"),
            options);
    return script.run(all.toArray(String[]::new));
  }

  static List<String> with(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }

  static Planned stepIs(String state) {
    return Planned.answers(Answer.json("{\"Step\":{\"Status\":{\"State\":\"" + state + "\"}}}"));
  }

  List<String> changes() {
    return aws.requests().stream()
        .map(AwsRequest::action)
        .filter(action -> LOOKS.stream().noneMatch(action::startsWith))
        .toList();
  }

  List<String> arguments(int step) {
    JsonNode arguments = emr.steps("j-FAKE000000001").get(step).at("/Config/Args");
    return StreamSupport.stream(arguments.spliterator(), false).map(JsonNode::asText).toList();
  }

  String uploaded(String name) {
    return s3.objects().entrySet().stream()
        .filter(object -> object.getKey().matches(".*/app/" + name))
        .map(object -> new String(object.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }
}
