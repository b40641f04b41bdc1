package io.dynaload.sink;

import io.dynaload.aws.AwsClients;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeySchema;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The table that is written to, as it was found, or made, before the job is submitted.
 *
 * @param keys its primary key
 */
public record TargetTable(KeySchema keys) {
  /**
   * Finds the table, or creates it where the configuration says so, and waits until it can be
   * written to. Fails within seconds if it cannot be reached.
   *
   * @throws ImportException CONFIGURATION if there is no table, or one of other keys than are to be
   *     created; TARGET if it cannot be reached, or refuses
   */
  public static TargetTable open(DynamoDbSinkConfig config) {
    TargetErrors errors = new TargetErrors(config);
    try (DynamoDbClient client = AwsClients.dynamoDb(config.aws())) {
      TableAdmin admin = new TableAdmin(client, config.table(), errors);
      if (!admin.exists()) {
        create(admin, config.createTable(), errors);
      }
      KeySchema keys = admin.awaitKeys();
      check(keys, config.createTable(), errors);
      return new TargetTable(keys);
    } catch (AwsServiceException e) {
      throw errors.refused(Failure.of(e));
    } catch (SdkException e) {
      throw errors.unreachable(e);
    }
  }

  private static void create(
      TableAdmin admin, @Nullable TableDefinition definition, TargetErrors errors) {
    if (definition == null) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          errors.table() + " does not exist",
          "Correct sink.table, sink.region or sink.endpoint, or add sink.create-table, such as"
              + " create-table: {partition-key: id:S}.");
    }
    admin.create(definition);
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

  private static String show(KeySchema keys) {
    return keys.sort() == null
        ? keys.partition().toString()
        : keys.partition() + ", " + keys.sort();
  }
}
