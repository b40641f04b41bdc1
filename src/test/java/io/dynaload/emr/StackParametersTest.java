package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ImportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackParametersTest {
  private static final String ARN =
      "arn:aws:secretsmanager:us-west-2:123456789012:secret:lindorm-AbCdEf";
  private static final Map<String, String> ACCOUNT =
      Map.of("account", "123456789012", "region", "us-west-2");

  @TempDir private Path folder;

  /** What is in the account. */
  private record Account(Set<String> names) implements Look {
    @Override
    public boolean hasTable(String table) {
      return names.contains(table);
    }

    @Override
    public boolean hasBucket(String bucket) {
      return names.contains(bucket);
    }

    @Override
    public Optional<String> secretArn(String id) {
      return names.contains(id) ? Optional.of(ARN) : Optional.empty();
    }
  }

  private static StackParameters of(
      DeployedFile file, Map<String, String> facts, Map<String, String> given, String... there) {
    return new StackParameters(file, facts, given, new Account(Set.of(there)));
  }

  private static DeployedFile example() {
    return DeployedFile.read(Project.file("examples", "emr.yaml"), List.of());
  }

  private DeployedFile file(String source, String sink) throws IOException {
    Path file = folder.resolve("import.yaml");
    Files.writeString(
        file, "source: %s\nsink: %s\npipeline: {name: copy}\n".formatted(source, sink));
    return DeployedFile.read(file, List.of());
  }

  @Test
  void aNewTableIsAsTheFileSays() {
    assertThat(of(example(), ACCOUNT, Map.of(), "lindorm").changed())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("DynamoDBTableName", "sensor-readings"),
                Map.entry("ExistingTable", "false"),
                Map.entry("PartitionKeyName", "sensor_id"),
                Map.entry("PartitionKeyType", "S"),
                Map.entry("SortKeyName", "event_time"),
                Map.entry("SortKeyType", "S"),
                Map.entry("TimeToLiveAttribute", ""),
                Map.entry("DynamoDBWriteCapacity", "7000"),
                Map.entry("DynamoDBReadCapacity", "5"),
                Map.entry("S3BucketName", "dynaload-123456789012-us-west-2"),
                Map.entry("ExistingBucket", "false"),
                Map.entry("LindormSecretArn", ARN)));
  }

  @Test
  void whatIsThereIsTakenAsItIs() {
    assertThat(
            of(
                    example(),
                    ACCOUNT,
                    Map.of("S3BucketName", "mine"),
                    "lindorm",
                    "sensor-readings",
                    "mine")
                .changed())
        .isEqualTo(
            Map.of(
                "DynamoDBTableName", "sensor-readings",
                "ExistingTable", "true",
                "S3BucketName", "mine",
                "ExistingBucket", "true",
                "LindormSecretArn", ARN));
  }

  @Test
  void whatTheStackHasStaysAndAnEndedClusterIsReplaced() {
    Map<String, String> facts =
        Map.of(
            "parameter.DynamoDBTableName", "sensor-readings",
            "parameter.ExistingTable", "false",
            "parameter.PartitionKeyName", "sensor_id",
            "parameter.S3BucketName", "mine",
            "parameter.ClusterGeneration", "3",
            "parameter.IdleTimeout", "60",
            "cluster-ended", "true");
    StackParameters parameters =
        of(example(), facts, Map.of("IdleTimeout", "90"), "lindorm", "sensor-readings", "mine");

    Map<String, String> changed = parameters.changed();

    assertThat(changed)
        .isEqualTo(
            Map.of(
                "DynamoDBTableName", "sensor-readings",
                "S3BucketName", "mine",
                "LindormSecretArn", ARN,
                "ClusterGeneration", "4",
                "IdleTimeout", "90"));
    assertThat(parameters.kept(changed)).containsExactly("ExistingTable", "PartitionKeyName");
  }

  @Test
  void aSecondTableHasNothingOfTheFirstOnesShape() throws Exception {
    DeployedFile second =
        file("{type: scan, table: orders}", "{table: copies, create-table: {partition-key: id:N}}");
    Map<String, String> facts =
        Map.of(
            "parameter.DynamoDBTableName", "sensor-readings",
            "parameter.PartitionKeyName", "sensor_id",
            "parameter.SortKeyName", "event_time",
            "parameter.SortKeyType", "N",
            "parameter.TimeToLiveAttribute", "expires",
            "parameter.DynamoDBWriteCapacity", "7000",
            "parameter.S3BucketName", "mine");
    StackParameters parameters = of(second, facts, Map.of());

    Map<String, String> changed = parameters.changed();

    assertThat(changed)
        .containsEntry("PartitionKeyName", "id")
        .containsEntry("PartitionKeyType", "N")
        .containsEntry("SortKeyName", "")
        .containsEntry("SortKeyType", "S")
        .containsEntry("TimeToLiveAttribute", "")
        .containsEntry("DynamoDBWriteCapacity", "0");
    assertThat(parameters.kept(changed)).isEmpty();
    assertThat(parameters.taken(changed)).containsExactly("DynamoDBTableName");
  }

  @Test
  void aStackInReviewHasNothingYetThatCouldStay() {
    Map<String, String> facts =
        Map.of(
            "account", "123456789012",
            "region", "us-west-2",
            "status", "REVIEW_IN_PROGRESS",
            "parameter.DynamoDBTableName", "sensor-readings",
            "parameter.S3BucketName", "mine");
    StackParameters parameters = of(example(), facts, Map.of(), "lindorm");

    Map<String, String> changed = parameters.changed();

    assertThat(changed)
        .containsEntry("PartitionKeyName", "sensor_id")
        .containsEntry("S3BucketName", "dynaload-123456789012-us-west-2");
    assertThat(parameters.kept(changed)).isEmpty();
  }

  @Test
  void aNewTableNeedsAKey() throws Exception {
    DeployedFile file = file("{type: scan, table: orders}", "{table: copies}");

    assertThatThrownBy(() -> of(file, ACCOUNT, Map.of()).changed())
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("Table copies does not exist");
    assertThat(of(file, ACCOUNT, Map.of("PartitionKeyName", "id")).changed())
        .containsEntry("SourceTableName", "orders")
        .containsEntry("PartitionKeyName", "id");
  }

  @Test
  void aSecretThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> of(example(), ACCOUNT, Map.of()).changed())
        .hasMessageContaining("Secrets Manager has no secret lindorm in us-west-2")
        .satisfies(
            e ->
                assertThat(((ImportException) e).remedy())
                    .contains("printf %s", "create-secret --region us-west-2"));
    assertThat(of(example(), ACCOUNT, Map.of("LindormSecretArn", ARN)).changed())
        .containsEntry("LindormSecretArn", ARN);
  }

  @Test
  void whatIsReadAndAssumedIsAllowed() throws Exception {
    DeployedFile file =
        file(
            "{type: file, format: csv, paths: ['s3://in/a/2024-*/x.csv', 's3://in/a/2023/'],"
                + " role-arn: 'arn:aws:iam::123456789012:role/r'}",
            "{table: copies}");

    assertThat(of(file, ACCOUNT, Map.of(), "copies").changed())
        .containsEntry("SourceBucketName", "in")
        .containsEntry("SourcePrefix", "a/")
        .containsEntry("PeerRoleArn", "arn:aws:iam::123456789012:role/r");
    assertThat(of(file, ACCOUNT, Map.of("S3BucketName", "in"), "copies").changed())
        .doesNotContainKey("SourceBucketName");
  }

  @Test
  void whatTheStackCannotAllowIsSaid() throws Exception {
    assertThat(file("{type: scan, tables: [a-b, c-d]}", "{table: copies}").warnings())
        .singleElement()
        .asString()
        .contains("scans further tables", "InstancePolicyArn");
    assertThat(example().warnings()).isEmpty();
  }
}
