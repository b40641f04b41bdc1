package io.dynaload.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.dynaload.item.InvalidItemException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemValidatorTest {
  private final ItemValidator validator = new ItemValidator();

  @ParameterizedTest
  @CsvFileSource(resources = "/item/broken-items.txt", delimiter = '|', quoteCharacter = '`')
  void aBrokenItemIsRefusedForItsReason(Reason reason, String json) {
    assertThat(reason(json)).as(json).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " \t\r\n{ } \n",
        "{ \"v\" :\n{ \"S\"\t: \"\" } , \"w\":{\"N\" : \"1\"}\r\n}",
        "{\"v\":{\"\\u0053\":\"\\u0000\"}}",
        "{\"v\":{\"\\u0053S\":[\"a\"]}}",
        "{\"v\":{\"S\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83D\\uDe00\"}}",
        "{\"v\":{\"S\":\"é用😀\u007f\ud7ff\ue000\uffff\"}}",
        "{\"v\":{\"N\":\"\\u002b1\"}}",
        "{\"v\":{\"NS\":[\"1\",\"10\",\"-1\",\"0\"]}}",
        "{\"v\":{\"SS\":[\"\",\"a\",\"A\"]}}",
        "{\"v\":{\"BS\":[\"\",\"AA==\",\"AAA=\"]}}",
        "{\"v\":{\"B\":\"\\/\\/8\\u003d\"}}",
        "{\"v\":{\"L\":[ ]},\"w\":{\"M\":{ }},\"x\":{\"L\":[{\"NULL\":true},{\"BOOL\":false}]}}",
        "{\"v\":{\"M\":{\"v\":{\"M\":{\"v\":{\"S\":\"v\"}}}}},\"V\":{\"S\":\"v\"}}"
      })
  void aValidItemIsAccepted(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThatCode(() -> validator.validate(bytes, 0, bytes.length)).doesNotThrowAnyException();
  }

  @Test
  void whatTheEncoderMakesIsAcceptedInTheSameSize() throws Exception {
    RandomItems random = new RandomItems(3);
    for (int i = 0; i < 2000; i++) {
      Item item = RandomItems.encode(random.next(Map.of()));
      assertThat(validator.validate(item.json(), 0, item.json().length))
          .as(item.jsonText())
          .isEqualTo(item.size());
    }
  }

  @Test
  void anItemThatIsCutShortIsNeverAccepted() throws Exception {
    RandomItems random = new RandomItems(4);
    for (int i = 0; i < 200; i++) {
      byte[] json = RandomItems.encode(random.next(Map.of("k", new Value.S("é😀\n")))).json();
      // What follows the cut belongs to someone else: it must not be looked at.
      byte[] buffer = Arrays.copyOf(json, json.length + 20);
      Arrays.fill(buffer, json.length, buffer.length, (byte) '}');
      for (int cut = 0; cut < json.length; cut++) {
        refuse(buffer, 0, cut);
        refuse(Arrays.copyOf(json, cut), 0, cut);
      }
      assertThat(validator.put(buffer, 0, json.length, 0, new Origin("test", i)).json())
          .isEqualTo(json);
    }
  }

  @Test
  void aDamagedByteIsRefusedOrGivesAnotherValidItem() throws Exception {
    RandomItems items = new RandomItems(5);
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] json = RandomItems.encode(items.next(Map.of("k", new Value.S("é😀\n")))).json();
      json[random.nextInt(json.length)] = (byte) random.nextInt(256);
      try {
        Item item = validator.put(json, 0, json.length, 0, new Origin("test", i));
        // What is accepted must be readable and mean something that the encoder takes, too.
        Item again = RandomItems.encode(new ItemView(item).asMap());
        assertThat(again.size()).as(item.jsonText()).isEqualTo(item.size());
      } catch (InvalidItemException refused) {
        assertThat(refused.reason()).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "c3",
        "c328",
        "c080",
        "c1bf",
        "e0809f",
        "e09fbf",
        "e28228",
        "eda080",
        "edbfbf",
        "f0808080",
        "f08fbfbf",
        "f4908080",
        "f5808080",
        "ff",
        "f09f98",
        "e2"
      })
  void bytesThatAreNoUtf8AreMalformed(String hex) {
    String json = "{\"v\":{\"S\":\"#\"}}";
    byte[] bad = HexFormat.of().parseHex(hex);
    byte[] bytes = new byte[json.length() - 1 + bad.length];
    int at = json.indexOf('#');
    System.arraycopy(json.getBytes(StandardCharsets.UTF_8), 0, bytes, 0, at);
    System.arraycopy(bad, 0, bytes, at, bad.length);
    System.arraycopy(
        json.getBytes(StandardCharsets.UTF_8),
        at + 1,
        bytes,
        at + bad.length,
        json.length() - at - 1);
    assertThat(reason(bytes)).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void nestingHasALimit() throws Exception {
    byte[] deepest = nested(ItemValidator.MAX_DEPTH - 1, "{\"S\":\"x\"}");
    assertThat(validator.validate(deepest, 0, deepest.length)).isPositive();
    assertThat(reason(nested(ItemValidator.MAX_DEPTH, "{\"S\":\"x\"}"))).isEqualTo(Reason.TOO_DEEP);
    assertThat(reason(nested(ItemValidator.MAX_DEPTH - 1, "{\"L\":[]}")))
        .isEqualTo(Reason.TOO_DEEP);
    assertThat(reason(nested(100_000, "{\"S\":\"x\"}"))).isEqualTo(Reason.TOO_DEEP);
  }

  @Test
  void fourHundredKilobytesAreTheLimit() throws Exception {
    int fits = ItemValidator.MAX_SIZE - 1;
    byte[] largest =
        ("{\"v\":{\"S\":\"" + "\\n".repeat(fits) + "\"}}").getBytes(StandardCharsets.UTF_8);
    assertThat(validator.validate(largest, 0, largest.length)).isEqualTo(ItemValidator.MAX_SIZE);
    assertThat(reason("{\"v\":{\"S\":\"" + "x".repeat(fits + 1) + "\"}}"))
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void oneDuplicateAmongManyIsFound() {
    String names =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "\"n" + i + "\":{\"NULL\":true}")
            .collect(Collectors.joining(","));
    assertThatCode(() -> validate("{" + names + "}")).doesNotThrowAnyException();
    assertThat(reason("{" + names + ",\"n\\u0031\":{\"NULL\":true}}"))
        .isEqualTo(Reason.DUPLICATE_ATTRIBUTE);

    String numbers =
        IntStream.range(1, 20_000).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
    assertThatCode(() -> validate("{\"v\":{\"NS\":[" + numbers + "]}}")).doesNotThrowAnyException();
    assertThat(reason("{\"v\":{\"NS\":[" + numbers + ",\"77.0\"]}}"))
        .isEqualTo(Reason.DUPLICATE_IN_SET);
  }

  @Test
  void theMessageNamesTheAttributeAndNotItsValue() {
    String json =
        "{\"a\":{\"S\":\"secret\"},\"b\":{\"L\":[{\"NULL\":true},{\"M\":{\"c\\n\":{\"N\":\"secret\"}}}]}}";
    assertThatThrownBy(() -> validate(json))
        .hasMessage("attribute b[1].c?: the text is not a number");
    assertThatThrownBy(() -> validate("{\"a\":{\"S\":\"secret\"},\"b\":{\"S\":1}}"))
        .hasMessage("attribute b: a string is expected at byte 29");
    assertThatThrownBy(() -> validate("{\"a\":{\"S\":\"x\"}"))
        .hasMessage("'}' is expected at byte 14");
  }

  private static byte[] nested(int levels, String value) {
    return ("{\"v\":" + "{\"L\":[".repeat(levels) + value + "]}".repeat(levels) + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private void refuse(byte[] json, int offset, int length) {
    try {
      validator.validate(json, offset, length);
    } catch (InvalidItemException e) {
      return;
    }
    fail("accepted: %s", new String(json, offset, length, StandardCharsets.UTF_8));
  }

  private int validate(String json) throws InvalidItemException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return validator.validate(bytes, 0, bytes.length);
  }

  private Reason reason(String json) {
    return reason(json.getBytes(StandardCharsets.UTF_8));
  }

  private Reason reason(byte[] json) {
    try {
      validator.validate(json, 0, json.length);
    } catch (InvalidItemException e) {
      return e.reason();
    }
    throw new AssertionError("accepted: " + new String(json, StandardCharsets.UTF_8));
  }
}
