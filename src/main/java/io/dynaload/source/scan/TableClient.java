package io.dynaload.source.scan;

import io.dynaload.aws.AwsClients;
import io.dynaload.aws.TableAddress;
import io.dynaload.error.ImportException;
import io.dynaload.wire.Failure;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Asks DynamoDB about tables, over one client, which is made when it is first asked. Blocks.
 * Thread-safe.
 */
final class TableClient implements AutoCloseable {
  private final ScanConfig config;
  private @Nullable DynamoDbClient client;

  TableClient(ScanConfig config) {
    this.config = config;
  }

  private synchronized DynamoDbClient client() {
    DynamoDbClient open = client == null ? AwsClients.dynamoDb(config.aws()) : client;
    client = open;
    return open;
  }

  /**
   * The names of all tables, sorted.
   *
   * @throws ImportException (SOURCE) if it cannot be asked
   */
  List<String> names() {
    return ask(
        "the tables",
        () -> client().listTablesPaginator().tableNames().stream().sorted().toList(),
        ScanErrors::refused);
  }

  /**
   * Which table it is, whether or not it can be read as the file says.
   *
   * @throws ImportException as {@link #describe}
   */
  TableAddress address(String table) {
    String arn = description(table, ScanErrors::refused).tableArn();
    return new TableAddress(AwsClients.dynamoDbEndpoint(config.aws()), arn == null ? "" : arn);
  }

  /**
   * Looks at a table.
   *
   * @throws ImportException CONFIGURATION if it does not exist, or lacks the index; SOURCE if
   *     DynamoDB cannot be asked
   */
  Described describe(String table) {
    return new Described(description(table, ScanErrors::refused), config);
  }

  /**
   * The same of a table that was found when the import began.
   *
   * @throws ImportException SOURCE if it does not exist any more
   */
  Described describeAgain(String table) {
    return new Described(description(table, ScanErrors::refusedAgain), config);
  }

  private TableDescription description(
      String table, BiFunction<ScanErrors, Failure, ImportException> refused) {
    return ask(
        "the table " + table,
        () -> client().describeTable(r -> r.tableName(table)).table(),
        refused);
  }

  private <T> T ask(
      String what, Supplier<T> question, BiFunction<ScanErrors, Failure, ImportException> refused) {
    ScanErrors errors = new ScanErrors(config.aws(), what);
    try {
      return question.get();
    } catch (AwsServiceException e) {
      throw refused.apply(errors, Failure.of(e));
    } catch (SdkException e) {
      throw errors.unreachable(e);
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
