package io.dynaload.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sizes worked out by hand from the developer guide, "DynamoDB item sizes and formats": text is its
 * UTF-8 bytes, a number a byte for two significant digits and one more, a binary its bytes, true,
 * false and null a byte, a list or map three bytes and one more for each element. In the table, v
 * stands for the attribute's name, 1 byte.
 */
class ItemSizeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"S":""}                                            | 0
          {"S":"abc"}                                         | 3
          {"S":"é"}                                           | 2
          {"S":"用"}                                          | 3
          {"S":"😀"}                                          | 4
          {"S":"\\u0041\\n\\""}                               | 3
          {"S":"\\u00e9\\u7528\\ud83d\\ude00"}                | 9
          {"N":"0"}                                           | 1
          {"N":"-0.00"}                                       | 1
          {"N":"1"}                                           | 2
          {"N":"12"}                                          | 2
          {"N":"123"}                                         | 3
          {"N":"1234"}                                        | 3
          {"N":"12345"}                                       | 4
          {"N":"0012"}                                        | 2
          {"N":"1200"}                                        | 2
          {"N":"12.00"}                                       | 2
          {"N":"0.0012"}                                      | 2
          {"N":"12E100"}                                      | 2
          {"N":"1.2"}                                         | 3
          {"N":"12.34"}                                       | 3
          {"N":"-12"}                                         | 3
          {"N":"12345678901234567890123456789012345678"}      | 20
          {"N":"-12345678901234567890123456789012345678"}     | 21
          {"N":"1.2345678901234567890123456789012345678"}     | 21
          {"N":"-1.2345678901234567890123456789012345678"}    | 21
          {"B":""}                                            | 0
          {"B":"AQ=="}                                        | 1
          {"B":"AQI="}                                        | 2
          {"B":"AQID"}                                        | 3
          {"B":"AQ\\u003d\\u003d"}                            | 1
          {"BOOL":true}                                       | 1
          {"BOOL":false}                                      | 1
          {"NULL":true}                                       | 1
          {"L":[]}                                            | 3
          {"M":{}}                                            | 3
          {"L":[{"S":"ab"}]}                                  | 6
          {"L":[{"S":"ab"},{"N":"1"},{"NULL":true}]}          | 11
          {"M":{"key":{"S":"ab"}}}                            | 9
          {"M":{"é":{"S":"ab"},"b":{"L":[{"M":{}}]}}}         | 17
          {"SS":["a","bc"]}                                   | 3
          {"SS":["é"]}                                        | 2
          {"NS":["1","-12","123.45"]}                         | 9
          {"BS":["AQ==","AQID"]}                              | 4
          """)
  void aValueHasTheSizeThatTheGuideGivesIt(String value, int size) throws Exception {
    byte[] json = ("{\"v\":" + value + "}").getBytes(StandardCharsets.UTF_8);
    Item item = new ItemValidator().put(json, 0, json.length, 0, new Origin("test", 0));
    assertThat(item.size()).isEqualTo(1 + size);
    assertThat(RandomItems.encode(new ItemView(item).asMap()).size()).isEqualTo(1 + size);
  }

  @Test
  void namesCountInUtf8() throws Exception {
    byte[] json = "{\"id\":{\"S\":\"a\"},\"größe\":{\"N\":\"1\"}}".getBytes(StandardCharsets.UTF_8);
    assertThat(new ItemValidator().validate(json, 0, json.length)).isEqualTo(2 + 1 + 7 + 2);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "1024,1", "1025,2", "2048,2", "409600,400"})
  void aWriteUnitIsAKilobyteBegun(int size, int units) {
    assertThat(Item.put(new byte[0], size, 0, new Origin("test", 0)).writeUnits()).isEqualTo(units);
  }
}
