package io.dynaload.bench;

import io.dynaload.item.Item;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.dynamodb.sink.DynamoDbSink;
import org.apache.flink.connector.dynamodb.sink.DynamoDbWriteRequest;
import org.apache.flink.connector.dynamodb.sink.DynamoDbWriteRequestType;

/** Flink's own sink, set up to its advantage: full batches, many in flight, no deduplication. */
final class FlinkSink {
  private FlinkSink() {}

  private record Converter(BenchItems items)
      implements ElementConverter<Item, DynamoDbWriteRequest> {
    private static final long serialVersionUID = 1L;

    @Override
    public DynamoDbWriteRequest apply(Item item, SinkWriter.Context context) {
      return DynamoDbWriteRequest.builder()
          .setType(DynamoDbWriteRequestType.PUT)
          .setItem(items.attributes(item.origin().position()))
          .build();
    }
  }

  static DynamoDbSink<Item> to(String endpoint, BenchItems items) {
    Properties aws = new Properties();
    aws.put("aws.region", "us-east-1");
    aws.put("aws.endpoint", endpoint);
    aws.put("aws.http.protocol.version", "HTTP1_1");
    aws.put("aws.credentials.provider", "BASIC");
    aws.put("aws.credentials.provider.basic.accesskeyid", "bench");
    aws.put("aws.credentials.provider.basic.secretkey", "bench");
    return DynamoDbSink.<Item>builder()
        .setTableName(BenchItems.TABLE)
        .setElementConverter(new Converter(items))
        .setMaxBatchSize(25)
        .setMaxInFlightRequests(16)
        .setMaxBufferedRequests(1000)
        .setDynamoDbProperties(aws)
        .build();
  }
}
