package io.dynaload.sink;

import io.dynaload.aws.AutoScaling;
import io.dynaload.aws.AwsClients;
import io.dynaload.aws.AwsConfig;
import io.dynaload.aws.TableAddress;
import io.dynaload.capacity.AskedCapacity;
import io.dynaload.capacity.CapacityLimit;
import io.dynaload.capacity.TableCapacity;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.wire.Failure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * The table that is written to, as it was found, or made, before the job is submitted.
 *
 * @param keys its primary key
 * @param address which table it is
 * @param warnings what is worth a word before the run
 */
public record TargetTable(KeySchema keys, TableAddress address, List<String> warnings) {
  public TargetTable {
    warnings = List.copyOf(warnings);
  }

  /** What tells whether a table's capacity follows its own consumption. */
  interface Scaling {
    boolean changesWriteCapacity(AwsConfig config, String table);
  }

  /**
   * Finds the table, or creates it where the configuration says so, and waits until it can be
   * written to. Fails within seconds if it cannot be reached.
   *
   * @throws ImportException CONFIGURATION if there is no table, or one of other keys than are to be
   *     created, or the file of the write capacity says nothing of use; TARGET if it cannot be
   *     reached, or refuses
   */
  public static TargetTable open(DynamoDbSinkConfig config) {
    return open(config, AutoScaling::changesWriteCapacity);
  }

  static TargetTable open(DynamoDbSinkConfig config, Scaling scaling) {
    TargetErrors errors = new TargetErrors(config);
    AskedCapacity asked = SinkCapacity.probe(config).asked();
    try (DynamoDbClient client = AwsClients.dynamoDb(config.aws())) {
      TableAdmin admin = new TableAdmin(client, config.table(), errors);
      boolean created = !admin.exists() && create(admin, config.createTable(), errors);
      KeySchema keys = admin.awaitKeys();
      check(keys, config.createTable(), errors);
      checkVersion(keys, config.writing().mode().versionAttribute(), errors);
      if (!created) {
        checkTtl(admin, config.createTable(), errors);
      }
      return new TargetTable(
          keys, admin.address(config.aws()), warnings(config, asked, admin.capacity(), scaling));
    } catch (AwsServiceException e) {
      throw errors.refused(Failure.of(e));
    } catch (SdkException e) {
      throw errors.unreachable(e);
    }
  }

  /**
   * Which table it is; empty if it is still to be made.
   *
   * @throws ImportException (TARGET) if it cannot be asked for
   */
  public static Optional<TableAddress> address(DynamoDbSinkConfig config) {
    TargetErrors errors = new TargetErrors(config);
    try (DynamoDbClient client = AwsClients.dynamoDb(config.aws())) {
      return Optional.of(new TableAdmin(client, config.table(), errors).address(config.aws()));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    } catch (AwsServiceException e) {
      throw errors.refused(Failure.of(e));
    } catch (SdkException e) {
      throw errors.unreachable(e);
    }
  }

  private static List<String> warnings(
      DynamoDbSinkConfig config, AskedCapacity asked, TableCapacity table, Scaling scaling) {
    if (table.isOnDemand()
        || !CapacityLimit.isShareOf(asked, table)
        || !scaling.changesWriteCapacity(config.aws(), config.table())) {
      return List.of();
    }
    return List.of(
        "sink.write-capacity is a share of what the table "
            + config.table()
            + " has provisioned, and Application Auto Scaling changes that by what is consumed: the"
            + " two follow each other, up to its maximum or down to its minimum. Give a number of"
            + " write units, or pause the scaling during the import.");
  }

  /** Whether the table was made here, and not by someone else at the same time. */
  private static boolean create(
      TableAdmin admin, @Nullable TableDefinition definition, TargetErrors errors) {
    if (definition == null) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          errors.table() + " does not exist",
          "Correct sink.table, sink.region or sink.endpoint, or add sink.create-table, such as"
              + " create-table: {partition-key: id:S}.");
    }
    return admin.create(definition);
  }

  private static void check(
      KeySchema keys, @Nullable TableDefinition definition, TargetErrors errors) {
    if (definition != null && !definition.keys().equals(keys)) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          errors.table()
              + " has the key "
              + show(keys)
              + ", but sink.create-table says "
              + show(definition.keys()),
          "Correct sink.create-table, leave it out to take the table as it is, or name another"
              + " table.");
    }
  }

  /** Items of two versions would be two items. */
  private static void checkVersion(KeySchema keys, @Nullable String version, TargetErrors errors) {
    KeyAttribute sort = keys.sort();
    if (keys.partition().name().equals(version) || (sort != null && sort.name().equals(version))) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          errors.table() + " has sink.version-attribute, " + version + ", in its key",
          "Name an attribute outside of the key, or write without newer-wins: items of different"
              + " versions have different keys anyway.");
    }
  }

  /** To turn it on could delete items that were there before, so that is left to the user. */
  private static void checkTtl(
      TableAdmin admin, @Nullable TableDefinition definition, TargetErrors errors) {
    String wanted = definition == null ? null : definition.ttlAttribute();
    if (wanted == null) {
      return;
    }
    Optional<String> found = admin.ttlAttribute();
    if (!found.equals(Optional.of(wanted))) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          errors.table()
              + found.map(name -> " expires items by " + name).orElse(" does not expire items")
              + ", but sink.create-table says ttl-attribute: "
              + wanted,
          "The table was there before, or was not made to its end. Turn its time to live on (aws"
              + " dynamodb update-time-to-live), correct ttl-attribute, or leave it out to take the"
              + " table as it is.");
    }
  }

  private static String show(KeySchema keys) {
    return keys.sort() == null
        ? keys.partition().toString()
        : keys.partition() + ", " + keys.sort();
  }
}
