package io.dynaload.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class ItemRoundTripITCase {
  private static final int ITEMS = 1500;
  private static final KeySchema SCHEMA =
      new KeySchema(new KeyAttribute("pk", KeyType.S), new KeyAttribute("sk", KeyType.N));

  private final ItemValidator validator = new ItemValidator();
  private final ItemSerializer serializer = new ItemSerializer();

  @Test
  void whatIsEncodedIsInTheTableAfterEveryStep() throws Exception {
    RandomItems random = new RandomItems(20230101);
    List<String> expected = new ArrayList<>();
    List<byte[]> wire = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      Map<String, Value> attributes = attributes(random, i);
      String text = CanonicalText.of(attributes);
      Item item = serialized(validated(RandomItems.encode(attributes)));
      assertThat(CanonicalText.of(new ItemView(item).asMap())).isEqualTo(text);
      expected.add(text);
      wire.add(item.json());
    }
    Collections.sort(expected);

    try (EmbeddedDynamoDb server = EmbeddedDynamoDb.start();
        DynamoDbClient client = LocalTables.client(server.endpoint())) {
      LocalTables.create(client, "items", SCHEMA);
      new RawDynamoDb(server.endpoint()).putAll("items", wire);
      assertThat(LocalTables.content(client, "items")).isEqualTo(expected);
    }
  }

  private static Map<String, Value> attributes(RandomItems random, int i) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    attributes.put("pk", new Value.S(i + random.string()));
    attributes.put("sk", new Value.N(random.number()));
    attributes = random.next(attributes);
    if (i % 50 == 0) {
      attributes.put("deep", random.deepest());
    }
    return attributes;
  }

  private Item validated(Item item) throws Exception {
    Item checked =
        validator.put(
            item.json(), 0, item.json().length, item.writeTimestampMicros(), item.origin());
    assertThat(checked.size()).as(item.jsonText()).isEqualTo(item.size());
    return checked;
  }

  private Item serialized(Item item) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(item, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
