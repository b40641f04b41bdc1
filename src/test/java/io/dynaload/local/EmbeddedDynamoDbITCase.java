package io.dynaload.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class EmbeddedDynamoDbITCase {
  @Test
  void whatIsWrittenToOneServerIsReadBackAndNotSeenByAnother() {
    KeySchema schema = new KeySchema(new KeyAttribute("pk", KeyType.S), null);
    try (EmbeddedDynamoDb one = EmbeddedDynamoDb.start();
        EmbeddedDynamoDb other = EmbeddedDynamoDb.start();
        DynamoDbClient client = LocalTables.client(one.endpoint());
        DynamoDbClient otherClient = LocalTables.client(other.endpoint())) {
      LocalTables.create(client, "readings", schema);
      client.putItem(
          request -> request.tableName("readings").item(Map.of("pk", AttributeValue.fromS("a"))));

      assertThat(LocalTables.content(client, "readings")).containsExactly("{2:pk=S 1:a}");
      assertThat(otherClient.listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void aPortThatIsTakenIsAFailureThatNamesIt() {
    try (EmbeddedDynamoDb first = EmbeddedDynamoDb.start()) {
      assertThatThrownBy(() -> EmbeddedDynamoDb.start(first.port()))
          .isInstanceOfSatisfying(
              ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET))
          .hasMessageContaining("port " + first.port());
    }
  }
}
