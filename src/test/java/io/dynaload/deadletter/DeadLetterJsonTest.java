package io.dynaload.deadletter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeadLetterJsonTest {
  private static final String LINE =
      "{\"id\":\"20230102T030405-0a1b2c3d/readings/split-0@17\",\"source\":\"readings/split-0\","
          + "\"position\":17,\"stage\":\"source\",\"code\":\"NUMBER\","
          + "\"reason\":\"attribute n: the text is not a number\","
          + "\"time\":\"2023-01-02T03:04:05.678Z\",";

  private static String line(Form form, byte[] bytes) {
    DeadLetter letter =
        new DeadLetter(
            "20230102T030405-0a1b2c3d/readings/split-0@17",
            Letters.rejected(17, form, bytes),
            Letters.TIME);
    return new String(DeadLetterJson.line(letter), UTF_8);
  }

  private static void assertReadBack(String line, Form form, byte[] bytes) throws IOException {
    DeadLetter read = DeadLetterParser.parse(line.stripTrailing().getBytes(UTF_8));
    assertThat(read)
        .usingRecursiveComparison()
        .isEqualTo(
            new DeadLetter(
                "20230102T030405-0a1b2c3d/readings/split-0@17",
                Letters.rejected(17, form, bytes),
                Letters.TIME));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ITEM | {\"n\":{\"N\":\"NaN\"}}",
        "KEY  | {\"k\":{\"S\":\"größe 😀 \\ud800\"}}",
        "RAW  | 1,\"a\",größe",
        "ITEM | {}",
        "RAW  | {\"n\":{\"N\":\"1\"}}",
      })
  void anItemIsKeptAsItIsAndReadBack(Form form, String text) throws IOException {
    String name = form == Form.RAW ? "raw" : form == Form.ITEM ? "item" : "key";
    String shown = form == Form.RAW ? '"' + text.replace("\"", "\\\"") + '"' : text;
    String line = line(form, text.getBytes(UTF_8));

    assertThat(line).isEqualTo(LINE + "\"" + name + "\":" + shown + "}\n");
    assertReadBack(line, form, text.getBytes(UTF_8));
  }

  @Test
  void aLetterIsOneLineWhateverTheWhiteSpaceOfTheItem() throws IOException {
    String line = line(Form.ITEM, "{\n \"n\":\r\n{\"N\":\"x\"}}".getBytes(UTF_8));
    assertThat(line).endsWith("\"item\":{  \"n\":  {\"N\":\"x\"}}}\n");
    assertThat(line.lines()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(value = Form.class)
  void whatIsNoJsonIsKeptAsText(Form form) throws IOException {
    byte[] bytes = "{\"n\":{\"N\":\"x\"}".getBytes(UTF_8);
    String line = line(form, bytes);
    assertThat(line).endsWith("\"raw\":\"{\\\"n\\\":{\\\"N\\\":\\\"x\\\"}\"}\n");
    assertReadBack(line, Form.RAW, bytes);
  }

  @Test
  void whatIsNoTextIsKeptAsBytes() throws IOException {
    byte[] bytes = "größe".getBytes(ISO_8859_1);
    String line = line(Form.ITEM, bytes);
    assertThat(line).endsWith("\"rawBase64\":\"Z3L232U=\"}\n");
    assertReadBack(line, Form.RAW, bytes);
  }

  @Test
  void theTimeOfTheWriteAtTheSourceIsKept() throws IOException {
    Item item =
        Item.put("{}".getBytes(UTF_8), 0, 1_672_531_200_000_001L, new Origin("x", 1))
            .rejected(Stage.SINK, "KEY_MISSING", "");
    byte[] line = DeadLetterJson.line(new DeadLetter("x@1", item, Letters.TIME));
    assertThat(DeadLetterParser.parse(line).item()).usingRecursiveComparison().isEqualTo(item);
  }

  @Test
  void theIdIsWhereAReplayedItemComesFrom() throws IOException {
    DeadLetter letter =
        DeadLetterParser.parse(line(Form.ITEM, "{}".getBytes(UTF_8)).getBytes(UTF_8));
    Origin origin = letter.replayOrigin();
    assertThat(origin).isEqualTo(new Origin("20230102T030405-0a1b2c3d/readings/split-0", 17));
    Item again =
        Item.rejected(
            new byte[0], 0, origin, new Rejection(Stage.SOURCE, Form.RAW, "MALFORMED", ""));
    assertThat(new RunLetters("file:/x", "").letter(again, Letters.TIME).id())
        .isEqualTo(letter.id());
  }

  @Test
  void keysThatAPersonAddsAreLeftAlone() throws IOException {
    String line = line(Form.ITEM, "{}".getBytes(UTF_8)).replace("{\"id\"", "{\"x\":[{}],\"id\"");
    assertReadBack(line, Form.ITEM, "{}".getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"id\":                       | \"idd\":          | it has no \"id\"",
        "\"stage\":\"source\"          | \"stage\":\"oven\" | its \"stage\" is none of",
        "\"position\":17               | \"position\":\"x\" | its \"position\" is no whole number",
        "split-0@17\",                 | split-0\",        | the id does not end with @",
        "2023-01-02T                   | yesterday         | its \"time\" is no time",
        "\"item\":{}                   | \"itm\":{}        | it has neither \"item\" nor",
        "\"item\":{}                   | \"item\":\"{}\"   | its \"item\" is no JSON object",
        "\"item\":{}                   | \"item\":{},\"raw\":\"\" | it has more than one of",
        "\"item\":{}}                  | \"item\":{}       | it is no JSON",
        "\"item\":{}}                  | \"item\":{}}}     | it is no JSON",
        "\"item\":{}}                  | \"item\":{}}{}    | something follows the JSON object",
      })
  void whatIsWrongIsNamedWithoutTheItem(String part, String replacement, String problem) {
    String line = line(Form.ITEM, "{}".getBytes(UTF_8)).stripTrailing();
    assertThat(line).contains(part);
    String broken = line.replace(part, replacement);
    assertThatThrownBy(() -> DeadLetterParser.parse(broken.getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(problem);
  }
}
