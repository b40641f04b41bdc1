package io.dynaload.sink;

import io.dynaload.aws.AwsConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A sink's configuration, for tests that care for little of it. */
final class TestConfig {
  private TestConfig() {}

  static DynamoDbSinkConfig of(String table, String endpoint) {
    return of(table, endpoint, null);
  }

  static DynamoDbSinkConfig of(
      String table, String endpoint, @Nullable TableDefinition definition) {
    return of(table, endpoint, CapacityConfig.units(1000), definition);
  }

  static DynamoDbSinkConfig of(String table, String endpoint, int writeCapacity) {
    return of(table, endpoint, CapacityConfig.units(writeCapacity), null);
  }

  static DynamoDbSinkConfig of(
      String table,
      String endpoint,
      CapacityConfig capacity,
      @Nullable TableDefinition definition) {
    return new DynamoDbSinkConfig(
        table,
        new AwsConfig("us-west-2", endpoint, null),
        capacity,
        new WriteConfig(8, Duration.ofMinutes(15), WriteModeConfig.OVERWRITE),
        definition);
  }
}
