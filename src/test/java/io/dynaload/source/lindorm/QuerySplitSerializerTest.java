package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuerySplitSerializerTest {
  private static final QuerySplit SPLIT = new QuerySplit(1_234_567_890_123L, -2);

  private final QuerySplitSerializer serializer = new QuerySplitSerializer();

  @Test
  void theBytesOfVersion1AreReadForEver() throws Exception {
    byte[] golden = LindormTables.golden("lindorm-query-split-v1.bin");

    assertThat(serializer.deserialize(1, golden)).isEqualTo(SPLIT);
    assertThat(serializer.serialize(SPLIT)).isEqualTo(golden);
  }

  @Test
  void anUnknownVersionIsRefused() {
    assertThatIOException().isThrownBy(() -> serializer.deserialize(2, new byte[16]));
  }

  @Test
  void theChecksumIsTheSameForEverAndKnowsTheOrder() throws Exception {
    long ab = RowChecksum.add(RowChecksum.add(0, item("a")), item("b"));

    assertThat(ab).isEqualTo(AB);
    assertThat(RowChecksum.add(RowChecksum.add(0, item("b")), item("a"))).isNotEqualTo(ab);
    assertThat(RowChecksum.add(RowChecksum.add(0, item("a")), item("a"))).isNotEqualTo(ab);
  }

  private static final long AB = 6369633107531875522L;

  private static Item item(String text) throws Exception {
    byte[] json = ("{\"a\":{\"S\":\"" + text + "\"}}").getBytes(StandardCharsets.UTF_8);
    return Item.put(json, 2, Item.NO_WRITE_TIMESTAMP, new Origin("query", 0));
  }
}
