package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormatsTest {
  private static Optional<String> exported(String beginning) throws Exception {
    byte[] bytes = Reading.bytes(beginning);
    Optional<RecordFormat> format = Formats.ofExport(bytes, bytes.length);
    return format.isEmpty()
        ? Optional.empty()
        : Optional.of(Reading.item(format.get(), beginning).jsonText());
  }

  @Test
  void theLayoutOfAnExportIsToldByItsFirstLine() throws Exception {
    assertThat(exported("{\"Item\":{\"a\":{\"S\":\"b\"}}}\n")).contains("{\"a\":{\"S\":\"b\"}}");
    assertThat(exported("{\"Metadata\":{},\"Keys\":{\"a\":{\"S\":\"b\"}}}"))
        .contains("{\"a\":{\"S\":\"b\"}}");
    assertThat(exported("{\"a\":{\"s\":\"b\"}}")).contains("{\"a\":{\"S\":\"b\"}}");
    assertThat(exported("a\3{\"s\":\"b\"}")).contains("{\"a\":{\"S\":\"b\"}}");
    assertThat(exported("$ion_1_0 {Item:{a:\"b\"}}")).contains("{\"a\":{\"S\":\"b\"}}");
    assertThat(exported("a,b\n")).isEmpty();
    assertThat(exported("")).isEmpty();
  }

  @Test
  void anAttributeNamedItemIsNotTakenForTheItem() throws Exception {
    assertThat(exported("{\"Item\":{\"s\":\"b\"}}")).contains("{\"Item\":{\"S\":\"b\"}}");
    assertThat(exported("{\"Item\":{\"m\":{\"a\":{\"s\":\"b\"}}}}"))
        .contains("{\"Item\":{\"M\":{\"a\":{\"S\":\"b\"}}}}");
    assertThat(exported("{\"Item\":{\"m\":{\"M\":{}}}}")).contains("{\"m\":{\"M\":{}}}");
    assertThat(Reading.item(Formats.dynamoDbJson(), "{\"Item\":{\"S\":\"b\"}}").jsonText())
        .isEqualTo("{\"Item\":{\"S\":\"b\"}}");
    assertThat(
            Reading.item(Formats.dynamoDbJson(), "{ \"Item\" : {\"S\":{\"S\":\"b\"}}}").jsonText())
        .isEqualTo("{\"S\":{\"S\":\"b\"}}");
  }

  @Test
  void aFormatTravelsToWhereTheFileIsRead() throws Exception {
    for (RecordFormat format :
        List.of(
            Formats.dynamoDbExport(),
            Formats.legacyExport(),
            Formats.ionExport(),
            Formats.dynamoDbJson(),
            Formats.json(),
            Formats.ion(),
            Formats.csv(CsvOptions.DEFAULTS))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(format);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        RecordFormat arrived = (RecordFormat) in.readObject();
        List<Item> items = Reading.items(arrived, "x\n");
        assertThat(items).hasSize(format instanceof CsvFormat ? 0 : 1);
        assertThat(arrived.splitting()).isEqualTo(format.splitting());
      }
    }
  }
}
