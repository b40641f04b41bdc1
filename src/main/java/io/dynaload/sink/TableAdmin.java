package io.dynaload.sink;

import io.dynaload.aws.AwsClients;
import io.dynaload.aws.AwsConfig;
import io.dynaload.aws.TableAddress;
import io.dynaload.capacity.TableCapacity;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.sink.TableDefinition.Throughput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TableWarmThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** Describes and creates one table. Throws what the SDK throws. */
final class TableAdmin {
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(500);

  private final DynamoDbClient client;
  private final String table;
  private final TargetErrors errors;

  TableAdmin(DynamoDbClient client, String table, TargetErrors errors) {
    this.client = client;
    this.table = table;
    this.errors = errors;
  }

  boolean exists() {
    try {
      describe();
      return true;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  /**
   * Creates the table and returns when it is active and its TTL is on.
   *
   * @return false if someone else creates it at the same time
   */
  boolean create(TableDefinition definition) {
    try {
      client.createTable(request(definition));
    } catch (ResourceInUseException e) {
      return false;
    }
    awaitActive();
    String ttl = definition.ttlAttribute();
    if (ttl != null) {
      client.updateTimeToLive(
          update ->
              update
                  .tableName(table)
                  .timeToLiveSpecification(spec -> spec.attributeName(ttl).enabled(true)));
    }
    return true;
  }

  /** The attribute by which items expire; empty if they do not. */
  Optional<String> ttlAttribute() {
    TimeToLiveDescription described =
        client.describeTimeToLive(request -> request.tableName(table)).timeToLiveDescription();
    boolean on =
        described.timeToLiveStatus() == TimeToLiveStatus.ENABLED
            || described.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
    return on ? Optional.of(described.attributeName()) : Optional.empty();
  }

  /** The table's keys, once it can be written to. */
  KeySchema awaitKeys() {
    TableDescription described = describe();
    if (described.tableStatus() == TableStatus.CREATING) {
      awaitActive();
      described = describe();
    }
    TableStatus status = described.tableStatus();
    if (status != TableStatus.ACTIVE && status != TableStatus.UPDATING) {
      throw new ImportException(
          ErrorCode.TARGET,
          errors.table()
              + " cannot be written to: its status is "
              + described.tableStatusAsString(),
          "Wait until it is ACTIVE, or name another table.");
    }
    return keys(described);
  }

  /** Which table it is. */
  TableAddress address(AwsConfig aws) {
    String arn = describe().tableArn();
    return new TableAddress(AwsClients.dynamoDbEndpoint(aws), arn == null ? "" : arn);
  }

  /** What the table has for writes, at this moment. */
  TableCapacity capacity() {
    TableDescription described = describe();
    BillingModeSummary billing = described.billingModeSummary();
    boolean onDemand = billing != null && billing.billingMode() == BillingMode.PAY_PER_REQUEST;
    ProvisionedThroughputDescription provisioned = described.provisionedThroughput();
    TableWarmThroughputDescription warm = described.warmThroughput();
    OnDemandThroughput most = described.onDemandThroughput();
    return new TableCapacity(
        onDemand || provisioned == null
            ? OptionalLong.empty()
            : known(provisioned.writeCapacityUnits()),
        warm == null ? OptionalLong.empty() : known(warm.writeUnitsPerSecond()),
        most == null ? OptionalLong.empty() : known(most.maxWriteRequestUnits()));
  }

  /** The service says 0 or -1 for what is not there. */
  private static OptionalLong known(@Nullable Long units) {
    return units == null || units <= 0 ? OptionalLong.empty() : OptionalLong.of(units);
  }

  private TableDescription describe() {
    TableDescription described = client.describeTable(request -> request.tableName(table)).table();
    if (described == null) {
      throw errors.notDynamoDb("it describes no table");
    }
    return described;
  }

  private void awaitActive() {
    try (DynamoDbWaiter waiter = DynamoDbWaiter.builder().client(client).build()) {
      waiter.waitUntilTableExists(
          DescribeTableRequest.builder().tableName(table).build(),
          WaiterOverrideConfiguration.builder()
              .maxAttempts((int) READY_WITHIN.dividedBy(POLL))
              .backoffStrategyV2(BackoffStrategy.fixedDelay(POLL))
              .waitTimeout(READY_WITHIN)
              .build());
    }
  }

  private CreateTableRequest request(TableDefinition definition) {
    List<KeySchemaElement> schema = new ArrayList<>();
    List<AttributeDefinition> attributes = new ArrayList<>();
    add(definition.keys().partition(), "HASH", schema, attributes);
    add(definition.keys().sort(), "RANGE", schema, attributes);
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(table)
            .keySchema(schema)
            .attributeDefinitions(attributes);
    Throughput provisioned = definition.provisioned();
    if (provisioned == null) {
      return request.billingMode(BillingMode.PAY_PER_REQUEST).build();
    }
    return request
        .billingMode(BillingMode.PROVISIONED)
        .provisionedThroughput(
            units ->
                units
                    .readCapacityUnits((long) provisioned.readUnits())
                    .writeCapacityUnits((long) provisioned.writeUnits()))
        .build();
  }

  private static void add(
      @Nullable KeyAttribute key,
      String role,
      List<KeySchemaElement> schema,
      List<AttributeDefinition> attributes) {
    if (key == null) {
      return;
    }
    schema.add(KeySchemaElement.builder().attributeName(key.name()).keyType(role).build());
    attributes.add(
        AttributeDefinition.builder()
            .attributeName(key.name())
            .attributeType(key.type().name())
            .build());
  }

  private static KeySchema keys(TableDescription described) {
    KeyAttribute partition = null;
    KeyAttribute sort = null;
    for (KeySchemaElement element : described.keySchema()) {
      KeyAttribute key = attribute(described, element.attributeName());
      switch (element.keyTypeAsString()) {
        case "HASH" -> partition = key;
        case "RANGE" -> sort = key;
        default -> throw new IllegalStateException("A key of type " + element.keyTypeAsString());
      }
    }
    if (partition == null) {
      throw new IllegalStateException("DescribeTable told no partition key");
    }
    return new KeySchema(partition, sort);
  }

  private static KeyAttribute attribute(TableDescription described, String name) {
    return described.attributeDefinitions().stream()
        .filter(definition -> definition.attributeName().equals(name))
        .map(d -> new KeyAttribute(name, KeyType.valueOf(d.attributeTypeAsString())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("DescribeTable told no type of a key"));
  }
}
