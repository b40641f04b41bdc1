package io.dynaload.source.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import io.dynaload.item.RandomItems;
import io.dynaload.item.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {
  private final AnswerParser parser = new AnswerParser();

  private ScanAnswer parse(String body) throws InvalidItemException {
    return parser.parse(body.getBytes(UTF_8), "t/1-of-4", 10);
  }

  @Test
  void itemsAreSlicedOutAsTheyAre() throws Exception {
    String first = "{\"id\":{\"S\":\"a\\\"}]\"}, \"n\" : {\"N\":\"1.50\"}}";
    ScanAnswer answer =
        parse(
            "{\"ConsumedCapacity\":{\"CapacityUnits\":128.5,\"TableName\":\"t\"},\"Count\":2,"
                + "\"Items\":["
                + first
                + ",{\"id\":{\"S\":\"b\"}}],\"LastEvaluatedKey\":{\"id\":{\"S\":\"b\"}},"
                + "\"ScannedCount\":7}");

    assertThat(answer.items())
        .extracting(Item::jsonText)
        .containsExactly(first, "{\"id\":{\"S\":\"b\"}}");
    assertThat(answer.items()).extracting(Item::size).containsExactly(10, 3);
    assertThat(answer.items())
        .extracting(Item::origin)
        .containsExactly(new Origin("t/1-of-4", 10), new Origin("t/1-of-4", 11));
    assertThat(answer.lastKey()).isEqualTo("{\"id\":{\"S\":\"b\"}}");
    assertThat(answer.units()).isEqualTo(128.5);
    assertThat(answer.scanned()).isEqualTo(7);
  }

  @Test
  void theOrderOfThePartsAndWhiteSpaceDoNotMatter() throws Exception {
    ScanAnswer answer =
        parse(
            """
            { "ScannedCount" : 3, "New" : [ { "a" : "]" }, null, true ],
              "LastEvaluatedKey" : { "id" : {"N":"1"} } , "Items" : [ ],
              "ConsumedCapacity" : { "Table" : { "CapacityUnits" : 9 }, "CapacityUnits" : 0.5 } }
            """);

    assertThat(answer.items()).isEmpty();
    assertThat(answer.lastKey()).isEqualTo("{ \"id\" : {\"N\":\"1\"} }");
    assertThat(answer.units()).isEqualTo(0.5);
    assertThat(answer.scanned()).isEqualTo(3);
  }

  @Test
  void anEmptyAnswerIsTheEnd() throws Exception {
    assertThat(parse("{}")).isEqualTo(new ScanAnswer(List.of(), "", ScanAnswer.UNTOLD, 0));
  }

  @Test
  void aPageThatCostNothingIsNotOneThatDoesNotTell() throws Exception {
    assertThat(parse("{\"ConsumedCapacity\":{\"CapacityUnits\":0.0}}").tellsUnits()).isTrue();
    assertThat(parse("{\"ConsumedCapacity\":{\"TableName\":\"t\"}}").tellsUnits()).isFalse();
    assertThat(parse("{\"ConsumedCapacity\":{}}").tellsUnits()).isFalse();
  }

  @Test
  void anItemThatIsNotValidIsRejectedAndTheOthersAreNot() throws Exception {
    ScanAnswer answer =
        parse("{\"Items\":[{\"id\":{\"N\":\"x]\"}},{\"id\":{\"N\":\"1\"}}],\"ScannedCount\":2}");

    assertThat(answer.items()).extracting(Item::isRejected).containsExactly(true, false);
    assertThat(answer.items().get(0).jsonText()).isEqualTo("{\"id\":{\"N\":\"x]\"}}");
    assertThat(answer.items().get(0).rejection().code()).isEqualTo("NUMBER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"Items\":[{\"id\":{\"S\":\"a\"}}",
        "{\"Items\":{}}",
        "{\"Items\":[]}x",
        "{\"ConsumedCapacity\":{\"CapacityUnits\":\"1\"}}",
        "{\"LastEvaluatedKey\":{\"id\":1}}",
        "{\"New\":[1,2",
        "{\"ScannedCount\":}",
        "{\"Items"
      })
  void whatIsNoAnswerIsRefused(String body) {
    assertThatThrownBy(() -> parse(body)).isInstanceOf(InvalidItemException.class);
  }

  /** Whatever is cut or changed: an answer, or a refusal, and nothing else. */
  @Test
  void noDamageGoesUnnoticedByAnotherException() throws Exception {
    RandomItems random = new RandomItems(11);
    StringBuilder body = new StringBuilder("{\"Items\":[");
    for (int i = 0; i < 4; i++) {
      body.append(i == 0 ? "" : ",")
          .append(RandomItems.encode(random.next(Map.of("id", new Value.N("" + i)))).jsonText());
    }
    byte[] whole =
        body.append("],\"LastEvaluatedKey\":{\"id\":{\"N\":\"3\"}},\"ScannedCount\":4}")
            .toString()
            .getBytes(UTF_8);
    Random damage = new Random(3);
    int read = 0;
    for (int turn = 0; turn < 20_000; turn++) {
      byte[] damaged = whole.clone();
      damaged[damage.nextInt(damaged.length)] = (byte) damage.nextInt(256);
      int length = damage.nextInt(4) == 0 ? damage.nextInt(damaged.length) : damaged.length;
      try {
        ScanAnswer answer = parser.parse(Arrays.copyOf(damaged, length), "u", 0);
        read += answer.items().size();
      } catch (InvalidItemException e) {
        read++;
      }
    }
    assertThat(read).isGreaterThan(20_000);
  }
}
