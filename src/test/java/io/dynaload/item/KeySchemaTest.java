package io.dynaload.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.item.InvalidItemException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySchemaTest {
  private static final KeySchema STRING = schema(KeyType.S, null);
  private static final KeySchema NUMBER = schema(KeyType.N, null);
  private static final KeySchema BINARY = schema(KeyType.B, null);
  private static final KeySchema TWO_STRINGS = schema(KeyType.S, KeyType.S);

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1E0", "001", "+1", "10e-1", "0.1E+1", "1.", "0001.000", ".1e1"})
  void everySpellingOfANumberIsOneKey(String spelling) throws Exception {
    assertThat(number(spelling)).isEqualTo(number("1")).hasSameHashCodeAs(number("1"));
    assertThat(number("-" + spelling.replace("+1", "1"))).isEqualTo(number("-1"));
    assertThat(number(spelling)).isNotEqualTo(number("-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0", "0.000", "0E100", "-0E-100", "+0", "000"})
  void zeroHasNoSign(String spelling) throws Exception {
    assertThat(number(spelling)).isEqualTo(number("0"));
  }

  @Test
  void numbersAreOrderedByValue() throws Exception {
    List<String> ascending =
        List.of(
            "-9.99E125",
            "-1000",
            "-123",
            "-122.5",
            "-122",
            "-12",
            "-11",
            "-1.01",
            "-1",
            "-0.5",
            "-1E-130",
            "0",
            "1E-130",
            "0.05",
            "0.5",
            "0.51",
            "1",
            "1.01",
            "1.1",
            "9",
            "10",
            "11",
            "12",
            "122",
            "122.5",
            "123",
            "1000",
            "1E38",
            "9.99E125");
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertThat(Integer.signum(number(ascending.get(i)).compareTo(number(ascending.get(j)))))
            .as("%s against %s", ascending.get(i), ascending.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+", "-", ".", "1.2.3", "1e", "e1", "1e+", " 1", "1 ", "0x1", "NaN"})
  void textThatIsNoNumberIsNoKey(String text) {
    assertThatThrownBy(() -> number(text))
        .isInstanceOfSatisfying(
            InvalidItemException.class,
            e -> assertThat(e.reason()).isIn(Reason.NUMBER, Reason.KEY_EMPTY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E126", "1E-131", "-1E126", "1E999999999999", "0.01E-129"})
  void numbersOutOfRangeAreNoKeys(String text) {
    assertThat(reason(NUMBER, "{\"pk\":{\"N\":\"" + text + "\"}}")).isEqualTo(Reason.NUMBER);
  }

  @Test
  void thirtyEightDigitsAreTheLimit() throws Exception {
    String digits = "12345678901234567890123456789012345678";
    assertThat(number("000" + digits + "000")).isEqualTo(number(digits + "E3"));
    assertThat(reason(NUMBER, "{\"pk\":{\"N\":\"" + digits + "9\"}}")).isEqualTo(Reason.NUMBER);
  }

  @Test
  void escapesInAStringAreDecoded() throws Exception {
    assertThat(string("\\u0041")).isEqualTo(string("A"));
    assertThat(string("a\\/b\\n\\\"\\\\")).isEqualTo(string("a\\u002fb\\u000a\\u0022\\u005c"));
    assertThat(string("\\ud83d\\ude00")).isEqualTo(string("😀"));
    assertThat(string("\\u00e9")).isEqualTo(string("é"));
    assertThat(string("a")).isNotEqualTo(string("A"));
  }

  @Test
  void theNameOfAKeyMayBeEscaped() throws Exception {
    assertThat(key(STRING, "{\"\\u0070k\":{\"S\":\"a\"}}")).isEqualTo(string("a"));
  }

  @Test
  void whereTheOneKeyEndsAndTheOtherBeginsMatters() throws Exception {
    Set<CanonicalKey> keys = new HashSet<>();
    keys.add(two("a$b", "c"));
    keys.add(two("a", "b$c"));
    keys.add(two("a", "$bc"));
    keys.add(two("ab", "c"));
    keys.add(two("a", "bc"));
    assertThat(keys).hasSize(5);
    assertThat(two("a", "b")).isLessThan(two("a", "c")).isLessThan(two("aa", "a"));
  }

  @Test
  void binariesAreComparedByTheirBytes() throws Exception {
    byte[] bytes = {-1, 0, 62, 63, (byte) 0xc3, 40, 7};
    for (int n = 1; n <= bytes.length; n++) {
      byte[] part = java.util.Arrays.copyOf(bytes, n);
      String text = Base64.getEncoder().encodeToString(part);
      CanonicalKey key = key(BINARY, "{\"pk\":{\"B\":\"" + text + "\"}}");
      assertThat(key.bytes()).isEqualTo(part);
      String escaped = text.replace("/", "\\/").replace("=", "\\u003d");
      assertThat(key(BINARY, "{\"pk\":{\"B\":\"" + escaped + "\"}}")).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":{"S":"x"}}                                | KEY_MISSING
          {}                                             | KEY_MISSING
          {"m":{"M":{"pk":{"S":"x"}}}}                   | KEY_MISSING
          {"pk":{"N":"1"}}                               | KEY_TYPE
          {"pk":{"SS":["1"]}}                            | KEY_TYPE
          {"pk":{"NULL":true}}                           | KEY_TYPE
          {"pk":{"S":""}}                                | KEY_EMPTY
          {"pk":{"S":"x                                  | MALFORMED
          {"pk":{"S":"x\\                                | MALFORMED
          {"a":{"S":"x"                                  | MALFORMED
          {"a"                                           | MALFORMED
          {"a":                                          | MALFORMED
          [                                              | MALFORMED
          """)
  void aBadKeyHasItsReason(String json, Reason reason) {
    assertThat(reason(STRING, json)).isEqualTo(reason);
  }

  @Test
  void keysHaveALengthLimitInBytes() throws Exception {
    assertThat(two("é".repeat(1024), "é".repeat(512)).bytes()).hasSize(3072);
    assertThat(reason(TWO_STRINGS, twoJson("é".repeat(1024) + "x", "a")))
        .isEqualTo(Reason.KEY_TOO_LONG);
    assertThat(reason(TWO_STRINGS, twoJson("a", "é".repeat(512) + "x")))
        .isEqualTo(Reason.KEY_TOO_LONG);
    assertThat(two("\\u0041".repeat(2048), "a").partitionLength()).isEqualTo(2048);
  }

  @Test
  void theKeyIsFoundWhereverItStands() throws Exception {
    String json =
        """
         { "l" : {"L":[{"S":"}"},{"M":{"pk":{"S":"no"}}}]}, "q\\"" : {"S":"\\\\"}, "sk": {"S":"2"},
           "pk" : { "S" : "1" } , "z":{"N":"1"} }\
        """;
    assertThat(key(TWO_STRINGS, json)).isEqualTo(two("1", "2"));
  }

  @Test
  void theKeyOfAMapInsideOfALargerBufferIsFound() throws Exception {
    byte[] buffer = ("[" + twoJson("a", "b") + ",{\"pk\"]").getBytes(StandardCharsets.UTF_8);
    int length = twoJson("a", "b").length();
    assertThat(TWO_STRINGS.keyOf(buffer, 1, length)).isEqualTo(two("a", "b"));
    for (int cut = 0; cut < length - 2; cut++) {
      int shorter = cut;
      assertThatThrownBy(() -> TWO_STRINGS.keyOf(buffer, 1, shorter))
          .as("cut at %d", cut)
          .isInstanceOf(InvalidItemException.class);
    }
  }

  @Test
  void hashesSpreadOverAllBits() throws Exception {
    int[] ones = new int[64];
    int keys = 4096;
    for (int i = 0; i < keys; i++) {
      long hash = string("device-" + i).hash();
      for (int bit = 0; bit < 64; bit++) {
        ones[bit] += (int) (hash >>> bit & 1);
      }
    }
    for (int bit = 0; bit < 64; bit++) {
      assertThat(ones[bit]).as("bit %d", bit).isBetween(keys * 4 / 10, keys * 6 / 10);
    }
  }

  @Test
  void theHashIsTheSameInEveryRun() throws Exception {
    assertThat(two("a", "b").hash()).isEqualTo(two("\\u0061", "b").hash());
    assertThat(two("device-1", "2023-01-01T00:00:00Z").hash()).isEqualTo(HASH);
  }

  private static final long HASH = -4_166_268_410_748_109_744L;

  private static KeySchema schema(KeyType partition, @Nullable KeyType sort) {
    return new KeySchema(
        new KeyAttribute("pk", partition), sort == null ? null : new KeyAttribute("sk", sort));
  }

  private static CanonicalKey number(String text) throws InvalidItemException {
    return key(NUMBER, "{\"pk\":{\"N\":\"" + text + "\"}}");
  }

  private static CanonicalKey string(String escaped) throws InvalidItemException {
    return key(STRING, "{\"pk\":{\"S\":\"" + escaped + "\"}}");
  }

  private static CanonicalKey two(String partition, String sort) throws InvalidItemException {
    return key(TWO_STRINGS, twoJson(partition, sort));
  }

  private static String twoJson(String partition, String sort) {
    return "{\"pk\":{\"S\":\"" + partition + "\"},\"sk\":{\"S\":\"" + sort + "\"}}";
  }

  private static CanonicalKey key(KeySchema schema, String json) throws InvalidItemException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return schema.keyOf(bytes, 0, bytes.length);
  }

  private static Reason reason(KeySchema schema, String json) {
    try {
      key(schema, json);
    } catch (InvalidItemException e) {
      return e.reason();
    }
    throw new AssertionError("it is a key");
  }
}
