package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.metrics.CloudWatchNames;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what. */
class TemplatePoliciesTest {
  /**
   * What IAM's own reference lists without a type of resource: it can be allowed for all or none.
   */
  private static final Set<String> WITHOUT_A_RESOURCE =
      Set.of(
          "application-autoscaling:DescribeScalableTargets",
          "cloudwatch:PutMetricData",
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel");

  /** Objects below what was named; instances, whose ids nobody knows yet. */
  private static final String NAMED =
      "arn:aws:s3:::(my-bucket/|exports/2023/)\\*"
          + "|arn:aws:ec2:us-west-2:123456789012:instance/\\*"
          + "|[^*?]+";

  static List<Stack> stacks() {
    return TemplateTest.stacks();
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void nothingIsAllowedByAWildcardThatCouldBeNamed(Stack stack) {
    List<JsonNode> statements = statements(stack).toList();
    assertThat(statements).hasSizeGreaterThan(5);
    for (JsonNode statement : statements) {
      assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
      assertThat(statement.has("NotAction") || statement.has("NotResource")).isFalse();
      assertThat(texts(statement.path("Action"))).noneMatch(action -> action.contains("*"));
      if (texts(statement.path("Resource")).equals(List.of("*"))) {
        assertThat(WITHOUT_A_RESOURCE).containsAll(texts(statement.path("Action")));
      } else {
        assertThat(texts(statement.path("Resource"))).allMatch(resource -> resource.matches(NAMED));
      }
    }
  }

  @Test
  void theJobWritesItsTableAndNoOther() {
    assertThat(allowed(Stacks.MOST_GIVEN, "dynamodb:"))
        .containsExactlyInAnyOrder(
            "dynamodb:BatchWriteItem readings",
            "dynamodb:DeleteItem readings",
            "dynamodb:DescribeTable readings",
            "dynamodb:DescribeTimeToLive readings",
            "dynamodb:PutItem readings",
            "dynamodb:DescribeTable orders",
            "dynamodb:Scan orders");
    assertThat(allowed(Stacks.LEAST_GIVEN, "dynamodb:")).noneMatch(line -> line.endsWith("orders"));
  }

  @Test
  void secretPeerRoleAndSourceBucketAreAllowedOnlyIfGiven() {
    for (String action :
        List.of("secretsmanager:GetSecretValue", "sts:AssumeRole", "kms:Decrypt")) {
      assertThat(allowed(Stacks.LEAST_GIVEN, action)).as(action).isEmpty();
      assertThat(allowed(Stacks.MOST_GIVEN, action)).as(action).isNotEmpty();
    }
    assertThat(allowed(Stacks.LEAST_GIVEN, "s3:")).noneMatch(line -> line.contains("exports"));
    assertThat(statements(Stacks.MOST_GIVEN))
        .anyMatch(
            statement ->
                statement.path("Action").asText().equals("s3:ListBucket")
                    && statement.at("/Condition/StringLike/s3:prefix").asText().equals("2023/*"));
  }

  @Test
  void metricsArePublishedInOneNamespaceOnly() {
    JsonNode publish =
        statements(Stacks.LEAST_GIVEN)
            .filter(statement -> statement.path("Sid").asText().equals("Metrics"))
            .findFirst()
            .orElseThrow();

    assertThat(publish.at("/Condition/StringEquals/cloudwatch:namespace").asText())
        .isEqualTo(CloudWatchNames.NAMESPACE);
  }

  @Test
  void emrMayPassTheNodesTheirRoleAndUseTheGivenSubnet() {
    assertThat(allowed(Stacks.ON_WHAT_EXISTS, "iam:PassRole")).hasSize(1);
    assertThat(allowed(Stacks.ON_WHAT_EXISTS, "ec2:RunInstances"))
        .containsExactly("ec2:RunInstances subnet-0a1b2c3d");
    assertThat(allowed(Stacks.LEAST_GIVEN, "ec2:RunInstances")).isEmpty();
    assertThat(Stacks.LEAST_GIVEN.properties("ServiceRole").path("ManagedPolicyArns").toString())
        .isEqualTo("[\"arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2\"]");
  }

  @Test
  void whatEmrsPolicyAsksForIsTagged() {
    for (String tagged :
        List.of(
            "Cluster",
            "Vpc",
            "PrivateSubnet",
            "PrimarySecurityGroup",
            "CoreSecurityGroup",
            "ServiceAccessSecurityGroup")) {
      assertThat(Stacks.LEAST_GIVEN.properties(tagged).path("Tags"))
          .as(tagged)
          .anyMatch(
              tag ->
                  tag.path("Key").asText().equals("for-use-with-amazon-emr-managed-policies")
                      && tag.path("Value").asText().equals("true"));
    }
  }

  @Test
  void theRolesAreAssumedByTheirServicesAlone() {
    for (String role : List.of("ServiceRole", "InstanceRole")) {
      JsonNode trust =
          Stacks.LEAST_GIVEN.properties(role).at("/AssumeRolePolicyDocument/Statement");
      assertThat(trust).hasSize(1);
      assertThat(trust.at("/0/Principal/Service").asText())
          .isEqualTo(
              role.equals("ServiceRole") ? "elasticmapreduce.amazonaws.com" : "ec2.amazonaws.com");
    }
    assertThat(Stacks.LEAST_GIVEN.properties("InstanceRole").has("ManagedPolicyArns")).isFalse();
  }

  private static List<String> allowed(Stack stack, String prefix) {
    return statements(stack)
        .flatMap(
            statement ->
                texts(statement.path("Action")).stream()
                    .filter(action -> action.startsWith(prefix))
                    .map(action -> action + " " + name(statement.path("Resource").asText())))
        .toList();
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static Stream<JsonNode> statements(Stack stack) {
    return Stream.of("ServiceRole", "InstanceRole")
        .flatMap(role -> elements(stack.properties(role).path("Policies")))
        .flatMap(policy -> elements(policy.at("/PolicyDocument/Statement")));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static List<String> texts(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? elements(oneOrMany).map(JsonNode::asText).toList()
        : List.of(oneOrMany.asText());
  }
}
