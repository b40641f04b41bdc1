package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchBodyTest {
  private final BatchBody body = new BatchBody("my-table");

  @Test
  void putsAndDeletesStandInTheirOrder() {
    String text =
        text(List.of(TestItems.item(1, "a"), TestItems.delete(2), TestItems.item(3, "é")));

    assertThat(text)
        .isEqualTo(
            "{\"RequestItems\":{\"my-table\":["
                + "{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"1\"},\"v\":{\"S\":\"a\"}}}},"
                + "{\"DeleteRequest\":{\"Key\":{\"id\":{\"N\":\"2\"}}}},"
                + "{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"3\"},\"v\":{\"S\":\"é\"}}}}"
                + "]},\"ReturnConsumedCapacity\":\"INDEXES\"}");
  }

  @Test
  void itsLengthIsKnownBeforehand() {
    Item put = TestItems.item(1, "a");
    Item delete = TestItems.delete(2);

    int one = body.of(List.of(put)).length;

    assertThat(body.of(List.of(put, put)).length - one).isEqualTo(BatchBody.length(put));
    assertThat(body.of(List.of(put, delete)).length - one).isEqualTo(BatchBody.length(delete));
  }

  private String text(List<Item> items) {
    return new String(body.of(items), StandardCharsets.UTF_8);
  }
}
