package io.dynaload.source.scan;

import io.dynaload.capacity.TableCapacity;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What DescribeTable tells of a table, or of the index that is read in its place. */
final class Described {
  /** Read units a second that a new on-demand table gives (developer guide, "On-demand"). */
  private static final long NEW_TABLE = 12_000;

  private final TableDescription table;
  private final @Nullable GlobalSecondaryIndexDescription global;
  private final @Nullable LocalSecondaryIndexDescription local;

  /**
   * @throws ImportException (CONFIGURATION) if the table lacks the index, or it cannot be read as
   *     asked for
   */
  Described(TableDescription table, ScanConfig config) {
    this.table = table;
    String index = config.query().index();
    this.global =
        table.globalSecondaryIndexes().stream()
            .filter(one -> one.indexName().equals(index))
            .findFirst()
            .orElse(null);
    this.local =
        table.localSecondaryIndexes().stream()
            .filter(one -> one.indexName().equals(index))
            .findFirst()
            .orElse(null);
    if (index != null && global == null && local == null) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "the table " + table.tableName() + " has no index " + index,
          "Correct source.index. The table's indexes: " + indexes() + ".");
    }
    if (global != null && config.query().consistentRead()) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "source.consistent-read: the global secondary index "
              + index
              + " has no consistent reads",
          "Leave consistent-read out, or read the table itself.");
    }
  }

  private String indexes() {
    List<String> names = new ArrayList<>();
    table.globalSecondaryIndexes().forEach(one -> names.add(one.indexName()));
    table.localSecondaryIndexes().forEach(one -> names.add(one.indexName()));
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  SourceTable table() {
    Set<String> position = new LinkedHashSet<>();
    if (global != null) {
      global.keySchema().forEach(element -> position.add(element.attributeName()));
    } else if (local != null) {
      local.keySchema().forEach(element -> position.add(element.attributeName()));
    }
    table.keySchema().forEach(element -> position.add(element.attributeName()));
    return new SourceTable(
        table.tableName(),
        keys(),
        List.copyOf(position),
        isWhole(),
        known(global != null ? global.itemCount() : table.itemCount()).orElse(0),
        known(global != null ? global.indexSizeBytes() : table.tableSizeBytes()).orElse(0),
        Objects.requireNonNullElse(table.tableArn(), ""));
  }

  private boolean isWhole() {
    Projection index =
        global != null ? global.projection() : local != null ? local.projection() : null;
    return index == null || index.projectionType() == ProjectionType.ALL;
  }

  private KeySchema keys() {
    KeyAttribute partition = null;
    KeyAttribute sort = null;
    for (KeySchemaElement element : table.keySchema()) {
      switch (element.keyTypeAsString()) {
        case "HASH" -> partition = attribute(element.attributeName());
        case "RANGE" -> sort = attribute(element.attributeName());
        default -> throw new IllegalStateException("A key of type " + element.keyTypeAsString());
      }
    }
    if (partition == null) {
      throw new IllegalStateException("DescribeTable told no partition key");
    }
    return new KeySchema(partition, sort);
  }

  private KeyAttribute attribute(String name) {
    return table.attributeDefinitions().stream()
        .filter(definition -> definition.attributeName().equals(name))
        .map(d -> new KeyAttribute(name, KeyType.valueOf(d.attributeTypeAsString())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("DescribeTable told no type of a key"));
  }

  /** What it has for reads at this moment; a local index shares the table's. */
  TableCapacity capacity() {
    boolean onDemand =
        table.billingModeSummary() != null
            && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST;
    ProvisionedThroughputDescription provisioned =
        global != null ? global.provisionedThroughput() : table.provisionedThroughput();
    OnDemandThroughput most =
        global != null ? global.onDemandThroughput() : table.onDemandThroughput();
    OptionalLong warm = warm();
    return new TableCapacity(
        onDemand || provisioned == null
            ? OptionalLong.empty()
            : known(provisioned.readCapacityUnits()),
        warm.isPresent() ? warm : OptionalLong.of(NEW_TABLE),
        most == null ? OptionalLong.empty() : known(most.maxReadRequestUnits()));
  }

  private OptionalLong warm() {
    if (global != null) {
      return global.warmThroughput() == null
          ? OptionalLong.empty()
          : known(global.warmThroughput().readUnitsPerSecond());
    }
    return table.warmThroughput() == null
        ? OptionalLong.empty()
        : known(table.warmThroughput().readUnitsPerSecond());
  }

  /** The service says 0 or -1 for what is not there. */
  private static OptionalLong known(@Nullable Long number) {
    return number == null || number <= 0 ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
