package io.dynaload.source.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScanBodyTest {
  private static final List<String> KEYS = List.of("id", "n.th");

  private static String page(ScanQuery query, String position, int limit) {
    return new String(new ScanBody("t", query, KEYS).page(3, 8, position, limit), UTF_8);
  }

  @Test
  void aWholeTableIsAskedForWithNothingMore() {
    assertThat(page(ScanQuery.ALL, "", 0))
        .isEqualTo(
            "{\"TableName\":\"t\",\"ReturnConsumedCapacity\":\"TOTAL\",\"Segment\":3,\"TotalSegments\":8}");
  }

  @Test
  void itGoesOnBehindAPosition() {
    assertThat(page(ScanQuery.ALL, "{\"id\":{\"S\":\"ü\"}}", 25))
        .endsWith(
            ",\"Segment\":3,\"TotalSegments\":8,\"Limit\":25,\"ExclusiveStartKey\":{\"id\":{\"S\":\"ü\"}}}");
  }

  @Test
  void expressionsAreThere() {
    ScanQuery query =
        new ScanQuery(
            true,
            "by \"time\"",
            null,
            "#a = :v",
            new Placeholders(Map.of("#a", "a b"), "{\":v\":{\"N\":\"1\"}}"));

    assertThat(page(query, "", 0))
        .startsWith(
            "{\"TableName\":\"t\",\"ReturnConsumedCapacity\":\"TOTAL\",\"ConsistentRead\":true,"
                + "\"IndexName\":\"by \\\"time\\\"\",\"FilterExpression\":\"#a = :v\","
                + "\"ExpressionAttributeNames\":{\"#a\":\"a b\"},"
                + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"1\"}},\"Segment\":3");
  }

  @Test
  void aProjectionHasTheKeyOnce() {
    ScanQuery query =
        new ScanQuery(false, null, "a.id, #x", null, new Placeholders(Map.of("#x", "n.th"), ""));

    assertThat(page(query, "", 0))
        .contains("\"ProjectionExpression\":\"a.id, #x, #dynaloadKey1\"")
        .contains("\"ExpressionAttributeNames\":{\"#dynaloadKey1\":\"id\",\"#x\":\"n.th\"}");
  }

  @Test
  void aPartOfAnAttributeIsNotTheKeyThatIsNamedLikeItsPath() {
    ScanQuery query = new ScanQuery(false, null, "id, n.th", null, Placeholders.NONE);

    assertThat(page(query, "", 0))
        .contains("\"ProjectionExpression\":\"id, n.th, #dynaloadKey0\"")
        .contains("\"ExpressionAttributeNames\":{\"#dynaloadKey0\":\"n.th\"}");
  }

  @Test
  void attributesThatAreAskedForHaveNamesOfTheirOwnAndTheKeyComesAnyway() {
    Placeholders taken = new Placeholders(Map.of("#a1", "x"), "");
    ScanQuery query =
        new ScanQuery(false, null, null, "#a1 = #a1", taken).project(List.of("size", "n.th"));

    assertThat(page(query, "", 0))
        .contains("\"ProjectionExpression\":\"#a0, #a1_, #a2\"")
        .contains(
            "\"ExpressionAttributeNames\":"
                + "{\"#a0\":\"size\",\"#a1\":\"x\",\"#a1_\":\"n.th\",\"#a2\":\"id\"}");
    assertThat(query.toString()).as("what a resumption is held against").doesNotContain("size");
  }
}
