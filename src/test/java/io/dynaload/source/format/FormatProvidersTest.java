package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormatProvidersTest {
  @Test
  void aFormatOnTheClassPathIsFoundByItsName() throws Exception {
    assertThat(FormatProviders.names()).contains("access-log");
    RecordFormat format = FormatProviders.create("access-log", Map.of("key", "host"));

    List<Item> items =
        Reading.items(
            format, "# comment\n10.0.0.1 200 /index.html\n10.0.0.2 x /\n10.0.0.3 404 /none\n");

    assertThat(items.get(0).jsonText())
        .isEqualTo(
            "{\"host\":{\"S\":\"10.0.0.1\"},\"status\":{\"N\":\"200\"},"
                + "\"path\":{\"S\":\"/index.html\"}}");
    assertThat(items.get(1).rejection().reason())
        .isEqualTo("attribute status: the text is not a number");
    assertThat(items.get(1).origin().position()).isEqualTo(3);
    assertThat(items).hasSize(3);
  }

  @Test
  void aNameThatIsNotThereIsAnErrorThatListsTheOthers() {
    assertThatThrownBy(() -> FormatProviders.create("acces-log", Map.of()))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessage("There is no format acces-log; the class path brings [access-log]");
  }

  @Test
  void wrongOptionsAreAnErrorOfTheFile() {
    assertThatThrownBy(() -> FormatProviders.create("access-log", Map.of("kye", "x")))
        .isInstanceOf(ImportException.class)
        .hasMessage("The options of the format access-log are wrong: kye is not known; key is");
  }
}
