package io.dynaload.source.scan;

import io.dynaload.aws.AwsClients;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.wire.Failure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Finds the tables that a configuration names, and looks at them. Blocks. */
final class TableFinder {
  private TableFinder() {}

  /**
   * The tables in the order of the file, those of a pattern by their names.
   *
   * @throws ImportException CONFIGURATION if there is none of a name or a pattern, or it lacks the
   *     index; SOURCE if DynamoDB cannot be asked
   */
  static List<SourceTable> find(ScanConfig config) {
    return ask(
        config,
        "the tables",
        client -> {
          List<SourceTable> found = new ArrayList<>();
          for (String name : names(config, client)) {
            found.add(new Described(describe(client, name), config).table());
          }
          return found;
        });
  }

  /** Looks at one table. */
  static Described describe(ScanConfig config, String table) {
    return ask(
        config, "the table " + table, client -> new Described(describe(client, table), config));
  }

  private static TableDescription describe(DynamoDbClient client, String table) {
    return client.describeTable(request -> request.tableName(table)).table();
  }

  private static <T> T ask(ScanConfig config, String what, Function<DynamoDbClient, T> question) {
    ScanErrors errors = new ScanErrors(config.aws(), what);
    try (DynamoDbClient client = AwsClients.dynamoDb(config.aws())) {
      return question.apply(client);
    } catch (AwsServiceException e) {
      throw errors.refused(Failure.of(e));
    } catch (SdkException e) {
      throw errors.unreachable(e);
    }
  }

  private static Set<String> names(ScanConfig config, DynamoDbClient client) {
    Set<String> names = new LinkedHashSet<>();
    List<String> all =
        config.tables().stream().anyMatch(ScanConfig::isPattern)
            ? client.listTablesPaginator().tableNames().stream().sorted().toList()
            : List.of();
    for (String named : config.tables()) {
      if (!ScanConfig.isPattern(named)) {
        names.add(named);
        continue;
      }
      List<String> matching = all.stream().filter(pattern(named).asMatchPredicate()).toList();
      if (matching.isEmpty()) {
        throw new ImportException(
            ErrorCode.CONFIGURATION,
            "no table matches "
                + named
                + " ("
                + ScanErrors.place(config.aws())
                + ", which has "
                + all.size()
                + " tables)",
            "Correct the pattern, source.region or source.endpoint.");
      }
      names.addAll(matching);
    }
    return names;
  }

  private static Pattern pattern(String named) {
    return Pattern.compile(
        Pattern.compile("\\*")
            .splitAsStream(named + " ")
            .map(part -> Pattern.quote(part.strip()))
            .collect(Collectors.joining(".*")));
  }
}
