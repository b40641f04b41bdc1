package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.faulty.FaultyServer;
import io.dynaload.item.CanonicalText;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.ItemView;
import io.dynaload.item.Origin;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Items whose keys are easily taken for the same, or for different ones, imported together: equal
 * keys in one batch would be refused, and different ones taken for the same would be lost.
 */
@Timeout(120)
class KeyEqualityITCase {
  private static EmbeddedDynamoDb local;
  private static FaultyServer model;

  /** The key, and the items in their order; the version is the item's place. */
  private enum Case {
    STRINGS(
        "partition-key: 'a:S', sort-key: 'b:S'",
        List.of(1, 2, 3, 4, 5),
        "'a':{'S':'a$b'},'b':{'S':'c'}",
        "'a':{'S':'a'},'b':{'S':'b$c'}",
        "'a':{'S':'a$'},'b':{'S':'b$c'}",
        "'a':{'S':'a'},'b':{'S':'$b$c'}",
        "'a':{'S':'A'},'b':{'S':'b$c'}"),
    NUMBERS(
        "partition-key: 'a:N'",
        List.of(5, 6, 8, 10),
        "'a':{'N':'1'}",
        "'a':{'N':'1.0'}",
        "'a':{'N':'10'}",
        "'a':{'N':'-0'}",
        "'a':{'N':'1E0'}",
        "'a':{'N':'1E1'}",
        "'a':{'N':'0.0'}",
        "'a':{'N':'-1'}",
        "'a':{'N':'0'}",
        "'a':{'N':'0E5'}"),
    NUMBERS_TO_SORT_BY(
        "partition-key: 'a:S', sort-key: 'b:N'",
        List.of(3, 4, 5),
        "'a':{'S':'x'},'b':{'N':'12345678901234567890123456789012345678'}",
        "'a':{'S':'x'},'b':{'N':'100'}",
        "'a':{'S':'x'},'b':{'N':'+1.00e2'}",
        "'a':{'S':'x'},'b':{'N':'12345678901234567890123456789012345678.0'}",
        "'a':{'S':'x'},'b':{'N':'12345678901234567890123456789012345679'}"),
    BINARIES(
        "partition-key: 'a:B'",
        List.of(2, 3, 4, 5, 6),
        "'a':{'B':'gA=='}",
        "'a':{'B':'/w=='}",
        "'a':{'B':'gICA'}",
        "'a':{'B':'77+9'}",
        "'a':{'B':'wIA='}",
        "'a':{'B':'gA=='}");

    private final String keys;
    private final List<Integer> remaining;
    private final String[] items;

    /**
     * @param remaining the versions that stay, from 1
     */
    Case(String keys, List<Integer> remaining, String... items) {
      this.keys = keys;
      this.remaining = remaining;
      this.items = items;
    }
  }

  private record Listed(Case of) implements OrderedItems {
    private static final long serialVersionUID = 1L;

    @Override
    public int units() {
      return 1;
    }

    @Override
    public int itemsPerUnit() {
      return of.items.length;
    }

    @Override
    public Item item(int unit, int index) {
      String json =
          "{" + of.items[index].replace('\'', '"') + ",\"v\":{\"N\":\"" + (index + 1) + "\"}}";
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      try {
        return new ItemValidator()
            .put(bytes, 0, bytes.length, Item.NO_WRITE_TIMESTAMP, new Origin("list", index));
      } catch (InvalidItemException e) {
        throw new AssertionError(e);
      }
    }

    List<String> remaining() {
      return of.remaining.stream()
          .map(version -> CanonicalText.of(new ItemView(item(0, version - 1)).asMap()))
          .sorted()
          .toList();
    }
  }

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    local = EmbeddedDynamoDb.start();
    model = FaultyServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    model.close();
    local.close();
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void theLastVersionOfEachKeyIsInDynamoDbLocal(Case given) throws Exception {
    imports(given, local.endpoint());
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void theLastVersionOfEachKeyIsInTheModel(Case given) throws Exception {
    imports(given, model.endpoint());
    assertThat(model.overlaps()).isZero();
  }

  private void imports(Case given, URI endpoint) throws Exception {
    Listed items = new Listed(given);
    Path file = VersionedImport.write(given.name(), endpoint, folder);
    try (LocalCluster cluster = LocalCluster.start(1, 2);
        DynamoDbClient client = LocalTables.client(endpoint)) {
      ImportFile read = VersionedImport.read(file, items, "sink.create-table={" + given.keys + "}");
      ImportRun.Result result = cluster.submit(PreparedImport.prepare(read, null).toJob()).result();

      assertThat(result.failure()).isEmpty();
      assertThat(LocalTables.content(client, given.name())).isEqualTo(items.remaining());
      Ledger ledger = result.report().ledger();
      assertThat(ledger.balanced()).isTrue();
      assertThat(ledger.get(Count.WRITTEN) + ledger.get(Count.SUPERSEDED))
          .isEqualTo(given.items.length);
      assertThat(ledger.get(Count.WRITTEN)).isGreaterThanOrEqualTo(given.remaining.size());
    }
  }
}
