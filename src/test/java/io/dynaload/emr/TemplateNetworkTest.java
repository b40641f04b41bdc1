package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the cluster is, whom it reaches, and who reaches it. */
class TemplateNetworkTest {
  private static final List<String> NODES =
      List.of("<PrimarySecurityGroup>", "<CoreSecurityGroup>");

  static List<Stack> stacks() {
    return TemplateTest.stacks();
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void nobodyFromOutsideReachesANode(Stack stack) {
    stack
        .resources()
        .forEach(
            (name, resource) -> {
              JsonNode properties = resource.path("Properties");
              assertThat(properties.has("SecurityGroupIngress")).as(name).isFalse();
              assertThat(properties.has("Ec2KeyName")).as(name).isFalse();
              if (resource.path("Type").asText().equals("AWS::EC2::SecurityGroupIngress")) {
                assertThat(properties.fieldNames())
                    .toIterable()
                    .as(name)
                    .containsExactlyInAnyOrder(
                        "GroupId", "SourceSecurityGroupId", "IpProtocol", "FromPort", "ToPort");
              }
              if (resource.path("Type").asText().equals("AWS::EC2::Subnet")) {
                assertThat(properties.path("MapPublicIpOnLaunch").asBoolean(true)).isFalse();
              }
            });
    assertThat(stack.properties("Cluster").at("/Instances/Ec2KeyName").isMissingNode()).isTrue();
  }

  @Test
  void theGroupsHaveAllRulesThatEmrWouldElseAddByItself() {
    for (String node : NODES) {
      for (String other : NODES) {
        assertThat(rules("AWS::EC2::SecurityGroupIngress", node, "SourceSecurityGroupId", other))
            .containsExactlyInAnyOrder("icmp -1--1", "tcp 0-65535", "udp 0-65535");
      }
      assertThat(fromService(node)).containsExactly("tcp 8443-8443");
      assertThat(
              rules(
                  "AWS::EC2::SecurityGroupEgress",
                  "<ServiceAccessSecurityGroup>",
                  "DestinationSecurityGroupId",
                  node))
          .containsExactly("tcp 8443-8443");
    }
    assertThat(
            rules(
                "AWS::EC2::SecurityGroupIngress",
                "<ServiceAccessSecurityGroup>",
                "SourceSecurityGroupId",
                "<PrimarySecurityGroup>"))
        .containsExactly("tcp 9443-9443");
  }

  @Test
  void theClusterWaitsForEachOfTheseRules() {
    JsonNode cluster = Stacks.TEMPLATE.root().at("/Resources/Cluster");
    List<String> rules =
        Stacks.TEMPLATE.section("Resources").entrySet().stream()
            .filter(
                entry ->
                    entry.getValue().path("Type").asText().matches(".*SecurityGroup(In|E)gress"))
            .map(Map.Entry::getKey)
            .toList();

    assertThat(cluster.path("DependsOn"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(rules);
    assertThat(Stacks.LEAST_GIVEN.made("Cluster").at("/Metadata/WaitsFor"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "<PrivateDefaultRoute>", "<PrivateRoutes>", "<S3Endpoint>", "<DynamoDBEndpoint>");
  }

  @Test
  void aNewPrivateSubnetHasWaysToS3AndDynamoDbAndANatToTheRest() {
    Stack stack = Stacks.LEAST_GIVEN;

    assertThat(stack.properties("Cluster").at("/Instances/Ec2SubnetId").asText())
        .isEqualTo("<PrivateSubnet>");
    assertThat(stack.properties("PrivateRoutes").path("SubnetId").asText())
        .isEqualTo("<PrivateSubnet>");
    assertThat(stack.properties("PrivateRoutes").path("RouteTableId").asText())
        .isEqualTo("<PrivateRouteTable>");
    JsonNode route = stack.properties("PrivateDefaultRoute");
    assertThat(route.path("RouteTableId").asText()).isEqualTo("<PrivateRouteTable>");
    assertThat(route.path("NatGatewayId").asText()).isEqualTo("<NatGateway>");
    assertThat(stack.properties("NatGateway").path("SubnetId").asText())
        .isEqualTo("<PublicSubnet>");
    assertThat(stack.properties("PublicRoutes").path("SubnetId").asText())
        .isEqualTo("<PublicSubnet>");
    assertThat(stack.properties("PublicDefaultRoute").path("GatewayId").asText())
        .isEqualTo("<InternetGateway>");
    for (String service : List.of("S3", "DynamoDB")) {
      JsonNode endpoint = stack.properties(service + "Endpoint");
      assertThat(endpoint.path("VpcEndpointType").asText()).isEqualTo("Gateway");
      assertThat(endpoint.path("ServiceName").asText())
          .isEqualToIgnoringCase("com.amazonaws.us-west-2." + service);
      assertThat(endpoint.path("RouteTableIds").toString()).isEqualTo("[\"<PrivateRouteTable>\"]");
    }
    assertThat(stack.properties("Vpc").path("EnableDnsHostnames").asBoolean()).isTrue();
  }

  @Test
  void aGivenSubnetIsUsedAndNoNetworkMade() {
    Stack stack = Stacks.ON_WHAT_EXISTS;

    assertThat(stack.properties("Cluster").at("/Instances/Ec2SubnetId").asText())
        .isEqualTo("subnet-0a1b2c3d");
    assertThat(stack.properties("CoreSecurityGroup").path("VpcId").asText())
        .isEqualTo("vpc-0a1b2c3d");
    assertThat(stack.resources().values())
        .extracting(resource -> resource.path("Type").asText())
        .doesNotContain(
            "AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::NatGateway", "AWS::EC2::VPCEndpoint");
  }

  private static List<String> fromService(String node) {
    return rules(
        "AWS::EC2::SecurityGroupIngress",
        node,
        "SourceSecurityGroupId",
        "<ServiceAccessSecurityGroup>");
  }

  private static List<String> rules(String type, String group, String otherKey, String other) {
    return ofType(type)
        .filter(rule -> rule.path("GroupId").asText().equals(group))
        .filter(rule -> rule.path(otherKey).asText().equals(other))
        .map(
            rule ->
                rule.path("IpProtocol").asText()
                    + " "
                    + rule.path("FromPort").asText()
                    + "-"
                    + rule.path("ToPort").asText())
        .toList();
  }

  private static Stream<JsonNode> ofType(String type) {
    return Stacks.LEAST_GIVEN.resources().values().stream()
        .filter(resource -> resource.path("Type").asText().equals(type))
        .map(resource -> resource.path("Properties"));
  }
}
