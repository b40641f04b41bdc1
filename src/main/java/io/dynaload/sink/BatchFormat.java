package io.dynaload.sink;

import io.dynaload.item.Item;
import io.dynaload.item.KeySchema;
import io.dynaload.wire.ErrorBody;
import java.util.List;

/** BatchWriteItem: puts and deletes without a condition. */
final class BatchFormat implements WireFormat {
  private final BatchBody bodies;
  private final BatchAnswers answers;

  BatchFormat(String table, KeySchema keys) {
    this.bodies = new BatchBody(table);
    this.answers = new BatchAnswers(keys);
  }

  @Override
  public Message message(List<Item> items) {
    return new Message("BatchWriteItem", bodies.of(items));
  }

  @Override
  public Answer read(List<Item> items, int status, byte[] body) {
    return status == 200 ? answers.success(body) : new Answer.Failed(ErrorBody.read(status, body));
  }
}
