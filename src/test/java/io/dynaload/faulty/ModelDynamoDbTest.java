package io.dynaload.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.faulty.TableSpec.IndexSpec;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelDynamoDbTest {
  private static final KeySchema KEYS = new KeySchema(new KeyAttribute("id", KeyType.N), null);
  private static final long SECOND = 1_000_000_000;

  private long now;
  private final ModelDynamoDb model = new ModelDynamoDb(() -> now);
  private final FaultyDynamoDb service = new FaultyDynamoDb(model);

  private static String put(int id, int bytes) {
    return "{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"%d\"},\"v\":{\"S\":\"%s\"}}}}"
        .formatted(id, "x".repeat(bytes - 5));
  }

  private static String puts(int from, int to) {
    return IntStream.range(from, to).mapToObj(id -> put(id, 80)).collect(Collectors.joining(","));
  }

  private Outcome write(String puts) {
    String body =
        "{\"RequestItems\":{\"t\":[" + puts + "]},\"ReturnConsumedCapacity\":\"INDEXES\"}";
    return service.call("BatchWriteItem", body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(Outcome outcome) throws ServiceError {
    return Json.read(outcome.body());
  }

  private static double units(Outcome outcome) throws ServiceError {
    return json(outcome).at("/ConsumedCapacity/0/CapacityUnits").asDouble();
  }

  private static int unprocessed(Outcome outcome) throws ServiceError {
    return json(outcome).at("/UnprocessedItems/t").size();
  }

  @Test
  void aTableWritesItsRateAndWhatItSavedUp() throws Exception {
    ModelTable table =
        model.create("t", TableSpec.provisioned(KEYS, 100).partitioned(1, 1000).saving(2));
    int id = 0;
    for (long tick = 0; tick < 100; tick++) {
      now = tick * SECOND / 10;
      for (int call = 0; call < 5; call++, id += 25) {
        write(puts(id, id + 25));
      }
    }
    // Two seconds' worth at the start, then 100 a second for 9.9 s.
    assertThat(table.consumed()).isBetween(1185.0, 1191.0);
    assertThat(table.capacity().refused()).isEqualTo(100 * 125 - table.consumed());
  }

  @Test
  void aHotPartitionIsThrottledWhileTheOthersAreNot() throws Exception {
    model.create("t", TableSpec.provisioned(KEYS, 100_000).partitioned(4, 10).saving(1));
    int hot = 1;
    for (int i = 0; i < 10; i++) {
      assertThat(write(put(hot, 80)).status()).isEqualTo(200);
    }
    Outcome refused = write(put(hot, 80));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(json(refused).path("__type").asText())
        .endsWith("#ProvisionedThroughputExceededException");
    Outcome mixed = write(puts(1, 9));
    assertThat(unprocessed(mixed)).isBetween(1, 7);
    assertThat(units(mixed)).isEqualTo(8 - unprocessed(mixed));
    now += SECOND;
    assertThat(write(put(hot, 80)).status()).isEqualTo(200);
  }

  @Test
  void aChangedRateHoldsFromThenOn() {
    ModelTable table =
        model.create("t", TableSpec.onDemand(KEYS, 100).partitioned(1, 1e9).saving(0.1));
    write(puts(0, 20));
    now += SECOND;
    table.capacity().rate(10);
    int taken = 0;
    for (int i = 0; i < 10; i++) {
      taken += write(put(i, 80)).status() == 200 ? 1 : 0;
    }
    assertThat(taken).isEqualTo(1);
  }

  @Test
  void aWriteCostsByTheLargerOfWhatWasThereAndWhatIsPut() throws Exception {
    model.create("t", TableSpec.unlimited(KEYS));
    assertThat(units(write(put(1, 1024)))).isEqualTo(1);
    assertThat(units(write(put(1, 1025)))).isEqualTo(2);
    assertThat(units(write(put(1, 10)))).isEqualTo(2);
    assertThat(units(write(put(1, 10)))).isEqualTo(1);
  }

  @Test
  void anIndexCostsWhereTheItemLandsInItAndTwiceWhenItsKeyChanges() throws Exception {
    KeySchema byV = new KeySchema(new KeyAttribute("v", KeyType.S), null);
    ModelTable table =
        model.create("t", TableSpec.unlimited(KEYS).with(new IndexSpec("byV", byV, false, 1e9)));
    assertThat(units(write(put(1, 80)))).isEqualTo(2);
    assertThat(units(write(put(1, 80)))).isEqualTo(1);
    Outcome changed = write(put(1, 81));
    assertThat(units(changed)).isEqualTo(3);
    assertThat(
            json(changed)
                .at("/ConsumedCapacity/0/GlobalSecondaryIndexes/byV/CapacityUnits")
                .asDouble())
        .isEqualTo(2);
    assertThat(units(write("{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"1\"}}}}"))).isEqualTo(2);
    assertThat(units(write("{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"1\"}}}}"))).isEqualTo(1);
    assertThat(table.consumed()).isEqualTo(9);
  }

  @Test
  void faultsAreTheSameForTheSameSeed() {
    model.create("t", TableSpec.unlimited(KEYS));
    service.atRandom(5, 0.5);
    String first = statuses();
    service.atRandom(5, 0.5);
    assertThat(statuses()).isEqualTo(first).contains("200", "400", "500", "503", "NOTHING");
  }

  private String statuses() {
    return IntStream.range(0, 100)
        .mapToObj(i -> write(puts(i, i + 10)))
        .map(outcome -> outcome.status() + " " + outcome.delivery())
        .collect(Collectors.joining(","));
  }

  @Test
  void aPlantedItemSpoilsItsWholeBatch() throws Exception {
    ModelTable table = model.create("t", TableSpec.unlimited(KEYS));
    table.refuseItemsWith("poison");
    String poison = "{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"9\"},\"poison\":{\"S\":\"\"}}}}";
    Outcome refused = write(puts(0, 3) + "," + poison);
    assertThat(json(refused).path("__type").asText()).endsWith("#ValidationException");
    assertThat(table.size()).isZero();
    assertThat(write(puts(0, 3)).status()).isEqualTo(200);
  }
}
