package io.dynaload.source.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScanPageTest {
  private static final ScanSplit BEFORE =
      new ScanSplit(
          "t#0",
          "t",
          List.of("g", "id"),
          8,
          List.of(Segment.unread(1), new Segment(5, "{\"id\":{\"S\":\"x\"}}", 100, false)));

  private static ScanPage page(String lastKey) throws Exception {
    String body =
        """
        {"Items":[{"id":{"S":"a\\""},"v":{"L":[]},"g":{"N":"1"}},{"g":{"N":"2"},"id":{"S":"b"}},
          {"g":{"N":"3"},"id":{"S":"c"}}]%s}
        """
            .formatted(lastKey.isEmpty() ? "" : ",\"LastEvaluatedKey\":" + lastKey);
    return new ScanPage(BEFORE, 1, new AnswerParser().parse(body.getBytes(UTF_8), "t", 100));
  }

  @Test
  void inTheMiddleItGoesOnBehindTheItemsOwnKey() throws Exception {
    ScanPage page = page("{\"g\":{\"N\":\"9\"},\"id\":{\"S\":\"z\"}}");

    assertThat(page.splitAfter(0))
        .isEqualTo(
            BEFORE.with(
                1, new Segment(5, "{\"g\":{\"N\":\"1\"},\"id\":{\"S\":\"a\\\"\"}}", 101, false)));
    assertThat(page.splitAfter(1).segments().get(1).items()).isEqualTo(102);
  }

  @Test
  void atItsEndItGoesOnWhereTheServiceSays() throws Exception {
    assertThat(page("{\"g\":{\"N\":\"9\"},\"id\":{\"S\":\"z\"}}").splitAfter(2))
        .isEqualTo(
            BEFORE.with(
                1, new Segment(5, "{\"g\":{\"N\":\"9\"},\"id\":{\"S\":\"z\"}}", 103, false)));
    assertThat(page("").splitAfter(2)).isEqualTo(BEFORE.with(1, new Segment(5, "", 103, true)));
  }

  @Test
  void aPageThatAFilterEmptiedMovesThePositionNevertheless() throws Exception {
    String body = "{\"Items\":[],\"LastEvaluatedKey\":{\"id\":{\"S\":\"z\"}},\"ScannedCount\":50}";
    ScanPage page =
        new ScanPage(BEFORE, 1, new AnswerParser().parse(body.getBytes(UTF_8), "t", 100));

    assertThat(page.size()).isZero();
    assertThat(page.splitAfter(-1))
        .isEqualTo(BEFORE.with(1, new Segment(5, "{\"id\":{\"S\":\"z\"}}", 100, false)));
  }
}
