package io.dynaload.local;

import io.dynaload.item.CanonicalText;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/** Makes, fills and reads tables of a local DynamoDB, for tests. */
public final class LocalTables {
  private LocalTables() {}

  public static DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("dummykey", "dummy")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  /** Makes an on-demand table and waits until it can be written to. */
  public static void create(DynamoDbClient client, String table, KeySchema schema) {
    KeyAttribute sort = schema.sort();
    List<KeyAttribute> keys =
        sort == null ? List.of(schema.partition()) : List.of(schema.partition(), sort);
    List<KeySchemaElement> elements = new ArrayList<>();
    List<AttributeDefinition> definitions = new ArrayList<>();
    for (KeyAttribute key : keys) {
      KeyType role = elements.isEmpty() ? KeyType.HASH : KeyType.RANGE;
      elements.add(KeySchemaElement.builder().attributeName(key.name()).keyType(role).build());
      definitions.add(
          AttributeDefinition.builder()
              .attributeName(key.name())
              .attributeType(key.type().name())
              .build());
    }
    client.createTable(
        request ->
            request
                .tableName(table)
                .keySchema(elements)
                .attributeDefinitions(definitions)
                .billingMode(BillingMode.PAY_PER_REQUEST));
    client.waiter().waitUntilTableExists(request -> request.tableName(table));
  }

  public static int count(DynamoDbClient client, String table) {
    return scan(client, table).size();
  }

  /** All items, in no order. */
  public static List<Map<String, AttributeValue>> scan(DynamoDbClient client, String table) {
    try (Stream<Map<String, AttributeValue>> items =
        client
            .scanPaginator(request -> request.tableName(table).consistentRead(true))
            .items()
            .stream()) {
      return items.toList();
    }
  }

  /**
   * All items as {@link CanonicalText}, sorted: equal to that of the items that were written, if
   * the table holds these and no others.
   */
  public static List<String> content(DynamoDbClient client, String table) {
    List<String> texts = new ArrayList<>();
    for (Map<String, AttributeValue> item : scan(client, table)) {
      texts.add(CanonicalText.of(SdkValues.of(item)));
    }
    Collections.sort(texts);
    return texts;
  }
}
