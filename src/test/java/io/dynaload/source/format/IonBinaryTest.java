package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonBinaryWriterBuilder;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemView;
import io.dynaload.item.RandomItems;
import io.dynaload.item.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IonBinaryTest {
  private static List<Map<String, Value>> items(int count, int seed) {
    RandomItems random = new RandomItems(seed);
    List<Map<String, Value>> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(random.next(Map.of("pk", new Value.S("k" + i))));
    }
    items.add(Map.of("pk", new Value.S("deep"), "deep", random.deepest()));
    return items;
  }

  /** A file with a symbol table for every few items. */
  static byte[] file(int count, int seed) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (IonWriter writer = IonBinaryWriterBuilder.standard().build(bytes)) {
      int written = 0;
      for (Map<String, Value> item : items(count, seed)) {
        Written.write(new Value.M(item), writer);
        if (++written % 7 == 0) {
          if (written % 2 == 0) {
            writer.finish();
          } else {
            writer.flush();
          }
        }
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void everyItemIsReadAsItWasWritten() throws Exception {
    List<Map<String, Value>> items = items(200, 5);

    List<Item> read = Reading.items(Formats.ion(), file(200, 5));

    assertThat(read).hasSameSizeAs(items);
    for (int i = 0; i < items.size(); i++) {
      assertThat(new ItemView(read.get(i)).isSameAs(new ItemView(RandomItems.encode(items.get(i)))))
          .isTrue();
      assertThat(read.get(i).origin().position()).isEqualTo(i + 1);
    }
  }

  @Test
  void readingGoesOnFromEveryItem() throws Exception {
    byte[] file = file(100, 6);

    assertThat(Reading.Shown.of(Reading.itemsWithInterruptions(Formats.ion(), file)))
        .isEqualTo(Reading.Shown.of(Reading.items(Formats.ion(), file)));
  }

  @Test
  void aRecordThatIsNoItemIsRejectedAndTheNextOneIsRead() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (IonWriter writer = IonBinaryWriterBuilder.standard().build(bytes)) {
      writer.writeInt(7);
      writer.stepIn(IonType.STRUCT);
      writer.setFieldName("c");
      writer.writeClob(new byte[] {1});
      writer.stepOut();
      Written.write(new Value.M(Map.of("pk", new Value.S("a"))), writer);
    }

    List<Item> items = Reading.items(Formats.ion(), bytes.toByteArray());

    assertThat(items).hasSize(3);
    assertThat(items.get(0).rejection().reason()).isEqualTo("a struct is expected");
    assertThat(items.get(1).rejection().code()).isEqualTo("UNSUPPORTED_VALUE");
    assertThat(items.get(2).jsonText()).isEqualTo("{\"pk\":{\"S\":\"a\"}}");
  }

  @Test
  void aFileThatIsCutShortIsGivenUpByName() throws Exception {
    byte[] file = file(20, 7);

    assertThatThrownBy(() -> Reading.items(Formats.ion(), Arrays.copyOf(file, file.length - 3)))
        .isInstanceOf(ImportException.class)
        .hasMessageStartingWith(Reading.FILE + " is no binary Ion from byte ")
        .hasMessageEndingWith(" on, or is cut short there");
  }
}
