package io.dynaload.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.ItemEncoder.Name;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemEncoderTest {
  private static final Origin ORIGIN = new Origin("test", 7);
  private static final Name V = new Name("v");

  private final ItemEncoder encoder = new ItemEncoder();

  @Test
  void everyTypeIsWrittenInWireFormat() throws Exception {
    Item item =
        encoder
            .begin()
            .string(new Name("s"), "a\"b\\c/é\n\u0001😀")
            .number(new Name("n"), -1200)
            .number(new Name("d"), new BigDecimal("1.50"))
            .binary(new Name("b"), new byte[] {1, 2, 3, 4})
            .bool(new Name("t"), true)
            .nul(new Name("nul\"l"))
            .value(new Name("l"), new Value.L(List.of(new Value.Bool(false), new Value.N("1"))))
            .put(42, ORIGIN);
    assertThat(item.jsonText())
        .isEqualTo(
            "{\"s\":{\"S\":\"a\\\"b\\\\c/é\\n\\u0001😀\"},\"n\":{\"N\":\"-1200\"},"
                + "\"d\":{\"N\":\"1.50\"},\"b\":{\"B\":\"AQIDBA==\"},\"t\":{\"BOOL\":true},"
                + "\"nul\\\"l\":{\"NULL\":true},\"l\":{\"L\":[{\"BOOL\":false},{\"N\":\"1\"}]}}");
    assertThat(item.writeTimestampMicros()).isEqualTo(42);
    assertThat(item.origin()).isEqualTo(ORIGIN);
    assertThat(item.kind()).isEqualTo(Item.Kind.PUT);
    assertThat(item.size()).isEqualTo(validatedSize(item));
  }

  @Test
  void anEncoderIsUsedAgain() throws Exception {
    assertThat(encoder.begin().string(V, "x".repeat(5000)).put(0, ORIGIN).size()).isEqualTo(5001);
    encoder.begin().string(V, "dropped");
    Item second = encoder.begin().number(V, 1).delete(0, ORIGIN);
    assertThat(second.jsonText()).isEqualTo("{\"v\":{\"N\":\"1\"}}");
    assertThat(second.size()).isEqualTo(3);
    assertThat(second.kind()).isEqualTo(Item.Kind.DELETE);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        9,
        10,
        11,
        99,
        100,
        101,
        1000,
        -1000,
        123456789,
        1_000_000_000_000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -Long.MAX_VALUE
      })
  void longsAreExact(long value) throws Exception {
    Item item = encoder.begin().number(V, value).put(0, ORIGIN);
    assertThat(item.jsonText()).isEqualTo("{\"v\":{\"N\":\"" + value + "\"}}");
    assertThat(item.size()).isEqualTo(validatedSize(item));
  }

  @Test
  void sizesOfLongsAreThoseOfTheirText() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      Item item = encoder.begin().number(V, random.nextLong() >> random.nextInt(64)).put(0, ORIGIN);
      assertThat(item.size()).as(item.jsonText()).isEqualTo(validatedSize(item));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "1.0, 1",
    "-0.0, 0",
    "0.0, 0",
    "2.0E-3, 0.002",
    "2.0E10, 2E10",
    "100, 100",
    "1.0E23, 1E23",
    "9.007199254740993E15, 9.007199254740992E15",
    "-1.5, -1.5",
    "0.05, 0.05",
    "1.7E-100, 1.7E-100",
    "10.05, 10.05"
  })
  void doublesAreShortest(double value, String text) throws Exception {
    assertThat(encoder.begin().number(V, value).put(0, ORIGIN).jsonText())
        .isEqualTo("{\"v\":{\"N\":\"" + text + "\"}}");
  }

  @Test
  void doublesAndFloatsReadBackTheSame() throws Exception {
    Random random = new Random(2);
    for (int i = 0; i < 5000; i++) {
      double d = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(200) - 100);
      assertThat(Double.parseDouble(number(encoder.begin().number(V, d)))).isEqualTo(d);
      float f = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(f)) {
        assertThat(Float.parseFloat(number(encoder.begin().number(V, f)))).isEqualTo(f);
      }
    }
    assertThat(number(encoder.begin().number(V, 0.1f))).isEqualTo("0.1");
    // Double.toString of Java 17 says 1.9999999999999998E23.
    assertThat(number(encoder.begin().number(V, 2E23))).isEqualTo("2E23");
  }

  /** Most of them, and their neighbours, are or look like decimals with few digits. */
  @Test
  void doublesThatAreShortDecimalsAreWrittenAsAllOthers() throws Exception {
    Random random = new Random(4);
    for (int i = 0; i < 100_000; i++) {
      long digits = random.nextLong() >> random.nextInt(64);
      // The neighbours of 0 are too small for DynamoDB.
      double decimal = (digits == 0 ? 10 : digits) / Math.pow(10, random.nextInt(14));
      for (double value : List.of(decimal, Math.nextUp(decimal), Math.nextDown(decimal))) {
        String shortest = DoubleToDecimal.toString(value).replaceAll("\\.0(?=E|$)", "");
        Item item = encoder.begin().number(V, value).put(0, ORIGIN);
        assertThat(item.jsonText()).isEqualTo("{\"v\":{\"N\":\"" + shortest + "\"}}");
        assertThat(item.size()).as(item.jsonText()).isEqualTo(validatedSize(item));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.50, 1.50",
    "1E+3, 1000",
    "-1E-3, -0.001",
    "0E-1000, 0",
    "0E+5, 0",
    "100, 100",
    "0.00, 0.00"
  })
  void decimalsAreWrittenPlainAndAsTheyAre(BigDecimal value, String text) throws Exception {
    assertThat(number(encoder.begin().number(V, value))).isEqualTo(text);
  }

  @Test
  void extremesOfDecimalsAreExact() throws Exception {
    for (String text : List.of("9.99E+125", "-1E-130", "12345678901234567890123456789012345678")) {
      BigDecimal value = new BigDecimal(text);
      assertThat(new BigDecimal(number(encoder.begin().number(V, value))))
          .isEqualByComparingTo(value);
    }
    BigDecimal long0 = new BigDecimal("1." + "0".repeat(1000));
    assertThat(number(encoder.begin().number(V, long0))).isEqualTo("1");
  }

  @Test
  void numbersThatDynamoDbRefusesAreInvalid() {
    refused(Reason.NUMBER, () -> encoder.begin().number(V, new BigDecimal("1E126")));
    refused(Reason.NUMBER, () -> encoder.begin().number(V, new BigDecimal("1E+1000000000")));
    refused(Reason.NUMBER, () -> encoder.begin().number(V, new BigDecimal("1E-131")));
    refused(Reason.NUMBER, () -> encoder.begin().number(V, new BigDecimal("1." + "1".repeat(38))));
    refused(Reason.NUMBER, () -> encoder.begin().number(V, 1e200));
    refused(Reason.NUMBER, () -> encoder.begin().number(V, "1\"}"));
    refused(Reason.NUMBER, () -> encoder.begin().number(V, "٣"));
    refused(Reason.UNSUPPORTED_VALUE, () -> encoder.begin().number(V, Double.NaN));
    refused(Reason.UNSUPPORTED_VALUE, () -> encoder.begin().number(V, Float.NEGATIVE_INFINITY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00", "\udc00\ud800", "\ud800x", "\ud83d\ud83d\ude00"})
  void anUnpairedSurrogateIsInvalid(String text) {
    refused(Reason.UNSUPPORTED_VALUE, () -> encoder.begin().string(V, text));
    refused(Reason.UNSUPPORTED_VALUE, () -> encoder.begin().value(V, new Value.SS(Set.of(text))));
    assertThatThrownBy(() -> new Name(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void structuredValuesThatDynamoDbRefusesAreInvalid() {
    refused(Reason.EMPTY_SET, () -> encoder.begin().value(V, new Value.BS(Set.of())));
    refused(
        Reason.DUPLICATE_IN_SET,
        () -> encoder.begin().value(V, new Value.NS(new LinkedHashSet<>(List.of("1", "1.0")))));
    refused(
        Reason.UNSUPPORTED_VALUE,
        () -> encoder.begin().value(V, new Value.M(Map.of("", new Value.Null()))));
    Value deepest = new RandomItems(1).deepest();
    refused(Reason.TOO_DEEP, () -> encoder.begin().value(V, new Value.L(List.of(deepest))));
  }

  @Test
  void fourHundredKilobytesAreTheLimit() throws Exception {
    int fits = ItemValidator.MAX_SIZE - 1;
    assertThat(encoder.begin().string(V, "é".repeat(fits / 2)).put(0, ORIGIN).size())
        .isEqualTo(fits / 2 * 2 + 1);
    refused(Reason.TOO_LARGE, () -> encoder.begin().string(V, "x".repeat(fits + 1)).put(0, ORIGIN));
  }

  @Test
  void namesAreNeitherEmptyNorOver64Kilobytes() {
    assertThat(new Name("n".repeat(65_535))).hasToString("n".repeat(65_535));
    assertThatThrownBy(() -> new Name("n".repeat(65_536)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Name("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsRefusedLeavesNothingBehindAndCanBeKeptUnchecked() throws Exception {
    ItemEncoder.Name a = new ItemEncoder.Name("a");
    ItemEncoder.Name b = new ItemEncoder.Name("b");
    ItemEncoder encoder = new ItemEncoder().begin().number(a, 1);
    refused(Reason.NUMBER, () -> encoder.number(b, "one"));
    refused(Reason.UNSUPPORTED_VALUE, () -> encoder.string(b, "x\ud800"));
    refused(Reason.UNSUPPORTED_VALUE, () -> encoder.number(b, Double.NaN));
    refused(Reason.NUMBER, () -> encoder.value(b, new Value.L(List.of(new Value.N("1E999")))));
    Item kept =
        encoder
            .unchecked(b, "N", "one \"é😀\" \ud800\n")
            .rejected(1, new Origin("u", 2), new Rejection(Stage.SOURCE, Form.ITEM, "C", "r"));
    assertThat(kept.jsonText())
        .isEqualTo("{\"a\":{\"N\":\"1\"},\"b\":{\"N\":\"one \\\"é😀\\\" \\ud800\\n\"}}");
    assertThat(encoder.begin().number(a, 2).put(0, new Origin("u", 3)).jsonText())
        .isEqualTo("{\"a\":{\"N\":\"2\"}}");
  }

  private static void refused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidItemException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static String number(ItemEncoder encoder) throws InvalidItemException {
    Item item = encoder.put(0, ORIGIN);
    assertThat(item.size()).isEqualTo(validatedSize(item));
    return ((Value.N) new ItemView(item).get("v").orElseThrow()).text();
  }

  private static int validatedSize(Item item) throws InvalidItemException {
    return new ItemValidator().validate(item.json(), 0, item.json().length);
  }

  @Test
  void messagesNameTheAttributeAndNotItsValue() {
    assertThatThrownBy(() -> encoder.begin().number(new Name("price"), "secret"))
        .hasMessageContaining("attribute price")
        .hasMessageNotContaining("secret");
  }
}
