package io.dynaload.cli;

import io.dynaload.aws.AwsClients;
import io.dynaload.sink.DynamoDbSinkConfig;
import java.io.PrintStream;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Shows what came into a table, a few items of it. */
final class FirstItems {
  private static final int SHOWN = 5;
  private static final int LONGEST_VALUE = 60;

  private final DynamoDbSinkConfig target;

  FirstItems(DynamoDbSinkConfig target) {
    this.target = target;
  }

  /** Prints nothing if there is no such table. */
  void print(PrintStream out) {
    try (DynamoDbClient client = AwsClients.dynamoDb(target.aws())) {
      var items = client.scan(request -> request.tableName(target.table()).limit(SHOWN)).items();
      out.println("The first items of " + target.table() + ":");
      items.forEach(
          item ->
              out.println(
                  new TreeMap<>(item)
                      .entrySet().stream()
                          .map(entry -> printable(entry.getKey()) + "=" + text(entry.getValue()))
                          .collect(Collectors.joining("  ", "  ", ""))));
    } catch (ResourceNotFoundException e) {
      // Of several imports, one may fail before its table is made.
    }
  }

  private static String text(AttributeValue value) {
    String text =
        switch (value.type()) {
          case S -> value.s();
          case N -> value.n();
          case BOOL -> String.valueOf(value.bool());
          case NUL -> "null";
          case B -> value.b().asByteArray().length + " bytes";
          case SS -> value.ss().toString();
          case NS -> value.ns().toString();
          case BS -> value.bs().size() + " binaries";
          case L -> "a list of " + value.l().size();
          case M -> "a map of " + value.m().size();
          case UNKNOWN_TO_SDK_VERSION -> "?";
        };
    return printable(
        text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…");
  }

  /** A value must not end the line, nor command the terminal. */
  static String printable(String text) {
    return text.replaceAll("\\R", "⏎").replaceAll("\\p{Cntrl}", "?");
  }
}
