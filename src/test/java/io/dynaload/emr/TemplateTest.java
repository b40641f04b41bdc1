package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table, the bucket and the cluster that the template makes. */
class TemplateTest {
  private static final Pattern SUBSTITUTED = Pattern.compile("\\$\\{([A-Za-z0-9]+)");

  static List<Stack> stacks() {
    return List.of(
        Stacks.LEAST_GIVEN, Stacks.PROVISIONED, Stacks.ON_WHAT_EXISTS, Stacks.MOST_GIVEN);
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void everyReferenceLeadsToSomethingThatIsMade(Stack stack) {
    assertThat(stack.resources()).containsKeys("Cluster", "InstanceRole", "ServiceRole");
    assertThat(stack.outputs()).isNotEmpty();
  }

  @Test
  void everyConditionIsBothTrueAndFalseInTheseStacks() {
    for (String condition : Stacks.TEMPLATE.section("Conditions").keySet()) {
      assertThat(stacks().stream().map(stack -> stack.holds(condition)))
          .as(condition)
          .contains(true, false);
    }
  }

  @Test
  void everyParameterConditionAndMappingIsUsed() {
    Set<String> used = new TreeSet<>();
    Template.all(Stacks.TEMPLATE.root())
        .forEach(
            node -> {
              used.add(node.path("Ref").asText());
              used.add(node.path("Condition").asText());
              used.add(node.path("Fn::If").path(0).asText());
              used.add(node.path("Fn::FindInMap").path(0).asText());
              SUBSTITUTED
                  .matcher(node.path("Fn::Sub").asText())
                  .results()
                  .forEach(match -> used.add(match.group(1)));
            });
    assertThat(used)
        .containsAll(Stacks.TEMPLATE.section("Parameters").keySet())
        .containsAll(Stacks.TEMPLATE.section("Conditions").keySet())
        .containsAll(Stacks.TEMPLATE.section("Mappings").keySet());
  }

  @Test
  void everyParameterSaysWhatItIs() {
    Stacks.TEMPLATE
        .section("Parameters")
        .forEach(
            (name, parameter) ->
                assertThat(parameter.path("Description").asText()).as(name).endsWith("."));
  }

  @Test
  void anOnDemandTableIsEncryptedBackedUpAndKept() {
    JsonNode table = Stacks.LEAST_GIVEN.properties("Table");

    assertThat(table.path("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
    assertThat(table.has("ProvisionedThroughput")).isFalse();
    assertThat(table.at("/SSESpecification/SSEEnabled").asBoolean()).isTrue();
    assertThat(table.at("/SSESpecification/SSEType").asText()).isEqualTo("KMS");
    assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled").asBoolean())
        .isTrue();
    assertThat(table.path("DeletionProtectionEnabled").asBoolean()).isTrue();
    assertThat(table.has("TimeToLiveSpecification")).isFalse();
    assertThat(table.path("KeySchema")).hasSize(1);
    assertThat(table.path("AttributeDefinitions")).hasSize(1);
    assertThat(Stacks.LEAST_GIVEN.resources())
        .doesNotContainKeys("TableWriteTarget", "TableWriteScaling");
  }

  @Test
  void aProvisionedTableIsScaledDownToWhatItUses() {
    JsonNode table = Stacks.PROVISIONED.properties("Table");
    JsonNode target = Stacks.PROVISIONED.properties("TableWriteTarget");
    JsonNode scaling = Stacks.PROVISIONED.properties("TableWriteScaling");

    assertThat(table.path("BillingMode").asText()).isEqualTo("PROVISIONED");
    assertThat(table.at("/ProvisionedThroughput/WriteCapacityUnits").asText()).isEqualTo("7000");
    assertThat(target.path("ServiceNamespace").asText()).isEqualTo("dynamodb");
    assertThat(target.path("ScalableDimension").asText())
        .isEqualTo("dynamodb:table:WriteCapacityUnits");
    assertThat(target.path("ResourceId").asText()).isEqualTo("table/<Table>");
    assertThat(target.path("MaxCapacity").asText()).isEqualTo("7000");
    assertThat(scaling.path("PolicyType").asText()).isEqualTo("TargetTrackingScaling");
    JsonNode aim = scaling.path("TargetTrackingScalingPolicyConfiguration");
    assertThat(aim.at("/PredefinedMetricSpecification/PredefinedMetricType").asText())
        .isEqualTo("DynamoDBWriteCapacityUtilization");
    assertThat(aim.path("TargetValue").asInt()).isBetween(70, 80);
  }

  @Test
  void aTableHasTheKeysAndTheTtlThatAreAskedFor() {
    JsonNode table = Stacks.MOST_GIVEN.properties("Table");

    assertThat(table.path("KeySchema").toString())
        .isEqualTo(
            """
            [{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"at","KeyType":"RANGE"}]\
            """);
    assertThat(table.path("AttributeDefinitions").toString())
        .isEqualTo(
            """
            [{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"at","AttributeType":"N"}]\
            """);
    assertThat(table.path("TimeToLiveSpecification").toString())
        .isEqualTo("{\"AttributeName\":\"expires\",\"Enabled\":true}");
  }

  @Test
  void theBucketIsEncryptedPrivateAndRefusesPlainHttp() {
    JsonNode bucket = Stacks.LEAST_GIVEN.properties("Bucket");
    JsonNode deny = Stacks.LEAST_GIVEN.properties("BucketPolicy").at("/PolicyDocument/Statement/0");

    assertThat(encryption(bucket).path("SSEAlgorithm").asText()).isEqualTo("AES256");
    assertThat(bucket.path("PublicAccessBlockConfiguration"))
        .hasSize(4)
        .allMatch(JsonNode::asBoolean);
    assertThat(bucket.at("/OwnershipControls/Rules/0/ObjectOwnership").asText())
        .isEqualTo("BucketOwnerEnforced");
    assertThat(deny.path("Effect").asText()).isEqualTo("Deny");
    assertThat(deny.at("/Condition/Bool/aws:SecureTransport").asText()).isEqualTo("false");
    assertThat(deny.path("Resource").toString())
        .isEqualTo("[\"arn:aws:s3:::<Bucket>\",\"arn:aws:s3:::<Bucket>/*\"]");
  }

  @Test
  void whatGrowsInTheBucketIsDeletedInTimeAndDeadLettersNever() {
    List<String> prefixes =
        Stacks.LEAST_GIVEN
            .properties("Bucket")
            .at("/LifecycleConfiguration/Rules")
            .findValuesAsText("Prefix");

    assertThat(prefixes)
        .containsExactlyInAnyOrder("checkpoints/", "savepoints/", "flink-ha/", "logs/");
  }

  @Test
  void aKeyOfOnesOwnEncryptsTableBucketAndDisks() {
    String key = "arn:aws:kms:us-west-2:123456789012:key/0a1b-2c3d";
    JsonNode disks =
        Stacks.MOST_GIVEN
            .properties("SecurityConfiguration")
            .at("/SecurityConfiguration/EncryptionConfiguration/AtRestEncryptionConfiguration");

    assertThat(
            Stacks.MOST_GIVEN.properties("Table").at("/SSESpecification/KMSMasterKeyId").asText())
        .isEqualTo(key);
    JsonNode bucket = encryption(Stacks.MOST_GIVEN.properties("Bucket"));
    assertThat(bucket.path("SSEAlgorithm").asText()).isEqualTo("aws:kms");
    assertThat(bucket.path("KMSMasterKeyID").asText()).isEqualTo(key);
    assertThat(disks.at("/LocalDiskEncryptionConfiguration/AwsKmsKey").asText()).isEqualTo(key);
  }

  @Test
  void tableAndBucketOutliveTheStack() {
    for (String retained :
        List.of("Table", "TableWriteTarget", "TableWriteScaling", "BucketPolicy")) {
      assertThat(deletionPolicy(retained)).as(retained).isEqualTo("Retain");
    }
    assertThat(deletionPolicy("Bucket")).isEqualTo("RetainExceptOnCreate");
    for (String retained :
        List.of("Table", "TableWriteTarget", "TableWriteScaling", "Bucket", "BucketPolicy")) {
      assertThat(Stacks.TEMPLATE.root().at("/Resources/" + retained + "/UpdateReplacePolicy"))
          .as(retained)
          .hasToString("\"Retain\"");
    }
  }

  private static String deletionPolicy(String resource) {
    return Stacks.TEMPLATE.root().at("/Resources/" + resource + "/DeletionPolicy").asText();
  }

  @Test
  void whatExistsIsNotMade() {
    assertThat(Stacks.ON_WHAT_EXISTS.resources())
        .doesNotContainKeys(
            "Table", "TableWriteTarget", "TableWriteScaling", "Bucket", "BucketPolicy", "Vpc");
  }

  @Test
  void theClusterRunsFlinkWithZooKeeperAndEndsWhenIdle() {
    JsonNode cluster = Stacks.LEAST_GIVEN.properties("Cluster");

    assertThat(cluster.path("Applications").findValuesAsText("Name"))
        .containsExactly("Flink", "ZooKeeper");
    assertThat(cluster.path("ReleaseLabel").asText()).isEqualTo("emr-7.13.0");
    assertThat(cluster.at("/AutoTerminationPolicy/IdleTimeout").asInt()).isBetween(60, 604_800);
    assertThat(cluster.at("/Instances/TerminationProtected").asBoolean(true)).isFalse();
    assertThat(cluster.at("/Instances").findValuesAsText("Market"))
        .containsExactly("ON_DEMAND", "ON_DEMAND");
    assertThat(cluster.path("StepConcurrencyLevel").asInt()).isGreaterThan(1);
    assertThat(
            Stacks.LEAST_GIVEN
                .properties("SecurityConfiguration")
                .at("/SecurityConfiguration/InstanceMetadataServiceConfiguration")
                .path("MinimumInstanceMetadataServiceVersion")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void anotherGenerationIsAnotherCluster() {
    assertThat(Stacks.with(Map.of("ClusterGeneration", "2")).properties("Cluster").path("Name"))
        .isNotEqualTo(Stacks.LEAST_GIVEN.properties("Cluster").path("Name"));
  }

  @Test
  void halfANetworkAndATableWithoutAKeyAreRefused() {
    assertThat(stacks()).allMatch(stack -> stack.passes("NetworkIsGivenWhole"));
    assertThat(stacks()).allMatch(stack -> stack.passes("NewTableHasAKey"));
    assertThat(Stacks.with(Map.of("SubnetId", "subnet-0a1b")).passes("NetworkIsGivenWhole"))
        .isFalse();
    assertThat(Stacks.with(Map.of("VpcId", "vpc-0a1b")).passes("NetworkIsGivenWhole")).isFalse();
    assertThat(Stacks.with(Map.of("PartitionKeyName", "")).passes("NewTableHasAKey")).isFalse();
  }

  @Test
  void nothingHasANameThatIsTakenInAnotherStack() {
    for (Stack stack : stacks()) {
      stack
          .resources()
          .forEach(
              (name, resource) ->
                  assertThat(resource.path("Properties").fieldNames())
                      .toIterable()
                      .as(name)
                      .doesNotContain(
                          "RoleName",
                          "InstanceProfileName",
                          "GroupName",
                          "AlarmName",
                          "DashboardName",
                          "TopicName"));
    }
  }

  @Test
  void theOutputsSayWhereEverythingIs() {
    assertThat(Stacks.LEAST_GIVEN.outputs())
        .containsOnlyKeys(
            "ApplicationUri",
            "BucketName",
            "CheckpointUri",
            "ClusterId",
            "ClusterUrl",
            "DashboardUrl",
            "DeadLetterUri",
            "InstanceRoleArn",
            "LogUri",
            "NatAddress",
            "SavepointUri",
            "SubnetId",
            "TableName",
            "TableUrl");
    assertThat(Stacks.ON_WHAT_EXISTS.outputs()).doesNotContainKey("NatAddress");
    assertThat(Stacks.LEAST_GIVEN.output("CheckpointUri")).isEqualTo("s3://my-bucket/checkpoints");
  }

  private static JsonNode encryption(JsonNode bucket) {
    return bucket.at(
        "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault");
  }
}
