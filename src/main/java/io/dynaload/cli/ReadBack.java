package io.dynaload.cli;

import io.dynaload.aws.AwsClients;
import io.dynaload.sink.DynamoDbSinkConfig;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Compares the demo's whole target table with what it has to hold. */
final class ReadBack {
  /** What a comparison found, in items. */
  record Comparison(long equalItems, long missing, long different, long unexpected) {
    boolean equal() {
      return missing == 0 && different == 0 && unexpected == 0;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d items equal, %,d missing, %,d different, %,d unexpected",
          equalItems,
          missing,
          different,
          unexpected);
    }
  }

  private record Key(String sensor, String time) {}

  private final DynamoDbSinkConfig target;

  ReadBack(DynamoDbSinkConfig target) {
    this.target = target;
  }

  Comparison compare(Stream<Map<String, AttributeValue>> expected) {
    Map<Key, Map<String, AttributeValue>> found = scan();
    long items = found.size();
    long equal = 0;
    long missing = 0;
    long different = 0;
    Iterator<Map<String, AttributeValue>> each = expected.iterator();
    while (each.hasNext()) {
      Map<String, AttributeValue> item = each.next();
      Map<String, AttributeValue> there = found.get(key(item));
      if (there == null) {
        missing++;
      } else if (numbersByValue(there).equals(numbersByValue(item))) {
        equal++;
      } else {
        different++;
      }
    }
    return new Comparison(equal, missing, different, items - equal - different);
  }

  private Map<Key, Map<String, AttributeValue>> scan() {
    Map<Key, Map<String, AttributeValue>> items = new HashMap<>();
    try (DynamoDbClient client = AwsClients.dynamoDb(target.aws())) {
      client
          .scanPaginator(request -> request.tableName(target.table()))
          .items()
          .forEach(item -> items.put(key(item), item));
    }
    return items;
  }

  private static Key key(Map<String, AttributeValue> item) {
    return new Key(text(item, "sensor_id"), text(item, "event_time"));
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name)).s();
  }

  /** DynamoDB does not keep the spelling of a number: 7.50 comes back as 7.5. */
  private static Map<String, AttributeValue> numbersByValue(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> normal = new TreeMap<>(item);
    normal.replaceAll(
        (name, value) ->
            value.n() == null
                ? value
                : AttributeValue.fromN(
                    new BigDecimal(value.n()).stripTrailingZeros().toPlainString()));
    return normal;
  }
}
