package io.dynaload.sink;

import io.dynaload.deadletter.RunLetters;
import io.dynaload.item.Item;
import io.dynaload.item.KeySchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Stage 4. See {@link SinkOperator} for what it guarantees. */
public final class DynamoDbSink {
  private DynamoDbSink() {}

  /**
   * Ends a stream of items in a table.
   *
   * @param keys the table's, as {@link TargetTable#open} found them
   * @param letters where the items go that cannot be written
   * @return the operator, which emits nothing; the caller gives it its uid and name
   */
  public static SingleOutputStreamOperator<Void> attach(
      DataStream<Item> items, DynamoDbSinkConfig config, KeySchema keys, RunLetters letters) {
    return items.transform("sink", Types.VOID, new SinkOperatorFactory(config, keys, letters));
  }
}
