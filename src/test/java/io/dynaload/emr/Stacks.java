package io.dynaload.emr;

import java.util.HashMap;
import java.util.Map;

/** Stacks of the template that the tests look at. */
final class Stacks {
  static final Template TEMPLATE = Template.read();

  private static final Map<String, String> LEAST =
      Map.of(
          "DynamoDBTableName", "readings", "S3BucketName", "my-bucket", "PartitionKeyName", "id");

  /** With every parameter that has one left at its default: on-demand, in a network of its own. */
  static final Stack LEAST_GIVEN = with(Map.of());

  static final Stack PROVISIONED = with(Map.of("DynamoDBWriteCapacity", "7000"));

  /** With all that can be there before, there before. */
  static final Stack ON_WHAT_EXISTS =
      with(
          Map.of(
              "ExistingTable", "true",
              "ExistingBucket", "true",
              "DynamoDBWriteCapacity", "7000",
              "VpcId", "vpc-0a1b2c3d",
              "SubnetId", "subnet-0a1b2c3d"));

  /** With all that can be given, but a network. */
  static final Stack MOST_GIVEN =
      with(
          Map.ofEntries(
              Map.entry("DynamoDBWriteCapacity", "7000"),
              Map.entry("SortKeyName", "at"),
              Map.entry("SortKeyType", "N"),
              Map.entry("TimeToLiveAttribute", "expires"),
              Map.entry("SourceBucketName", "exports"),
              Map.entry("SourcePrefix", "2023/"),
              Map.entry("SourceTableName", "orders"),
              Map.entry(
                  "LindormSecretArn",
                  "arn:aws:secretsmanager:us-west-2:123456789012:secret:lindorm-AbCdEf"),
              Map.entry("PeerRoleArn", "arn:aws:iam::210987654321:role/reader"),
              Map.entry("InstancePolicyArn", "arn:aws:iam::123456789012:policy/more"),
              Map.entry("KmsKeyArn", "arn:aws:kms:us-west-2:123456789012:key/0a1b-2c3d"),
              Map.entry("AvailabilityZone", "us-west-2b"),
              Map.entry("AlarmEmail", "me@example.com")));

  private Stacks() {}

  static Stack with(Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(LEAST);
    all.putAll(parameters);
    return new Stack(TEMPLATE, all);
  }
}
