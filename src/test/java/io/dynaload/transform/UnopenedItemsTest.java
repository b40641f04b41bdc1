package io.dynaload.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.item.Item;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An item that no step has to look into is not looked into: this one's bytes could not be read. */
class UnopenedItemsTest {
  private static final byte[] UNREADABLE = "not JSON".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  private Steps steps(String yaml) throws Exception {
    Path file = folder.resolve("import.yaml");
    Files.writeString(file, "transform:\n" + yaml);
    KeySchema keys = new KeySchema(new KeyAttribute("pk", KeyType.S), null);
    return new Steps(
        TransformCase.read(file),
        new Transform.Context(keys, unit -> "orders", TransformCase.NOW, false));
  }

  private static Item put() {
    return Item.put(UNREADABLE, 8, 5, TransformCase.ORIGIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- where: source.table == 'orders'",
        "- where: source.file.startsWith('orders/') && now > 0",
        "- {drop: [a, b.c], when: now < 0}\n- {set: {a: item.b}, when: source.table == 'others'}",
        "- {select: [a], when: 'false'}\n- {split: item.lines, when: '1 > 2'}",
        "- where: 'true || item.a == 1'",
        "- {cast: {a: N}, when: 'false && item.a == 1'}\n- {default: {a: '1'}, when: 'false'}",
        "- {rename: {a: b}, when: 'false'}\n"
            + "- {key-suffix: {attribute: pk, shards: 2}, when: 'false'}"
      })
  void stepsThatNeedNotOpenAnItemDoNot(String yaml) throws Exception {
    Steps steps = steps(yaml);

    Item put = put();
    assertThat(steps.single(put)).isSameAs(put);
    Item delete = Item.delete(UNREADABLE, 8, 5, TransformCase.ORIGIN);
    if (!yaml.contains("item.")) {
      assertThat(steps.single(delete)).isSameAs(delete);
    }
  }

  @Test
  void oneThatIsLeftOutWithoutALookIsNotOpenedEither() throws Exception {
    Steps steps = steps("- where: source.table != 'orders'\n- set: {a: item.b}");

    assertThat(steps.single(put())).isNull();
    assertThat(steps.filtered()).isEqualTo(1);
  }

  @Test
  void theBytesAreSuchThatALookWouldShow() throws Exception {
    Steps steps = steps("- where: has(item.a)");

    assertThatThrownBy(() -> steps.single(put())).isInstanceOf(IllegalStateException.class);
  }
}
