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

  private static final class Converter implements ElementConverter<Item, DynamoDbWriteRequest> {
    private static final long serialVersionUID = 1L;

    @Override
    public DynamoDbWriteRequest apply(Item item, SinkWriter.Context context) {
      return DynamoDbWriteRequest.builder()
          .setType(DynamoDbWriteRequestType.PUT)
          .setItem(BenchItems.attributes(item))
          .build();
    }
  }

  static DynamoDbSink<Item> to(String endpoint) {
    Properties aws = new Properties();
    aws.put("aws.region", "us-east-1");
    aws.put("aws.endpoint", endpoint);
    aws.put("aws.http.protocol.version", "HTTP1_1");
    aws.put("aws.credentials.provider", "BASIC");
    aws.put("aws.credentials.provider.basic.accesskeyid", "bench");
    aws.put("aws.credentials.provider.basic.secretkey", "bench");
    return DynamoDbSink.<Item>builder()
        .setTableName(BenchItems.TABLE)
        .setElementConverter(new Converter())
        .setMaxBatchSize(25)
        .setMaxInFlightRequests(16)
        .setMaxBufferedRequests(1000)
        .setDynamoDbProperties(aws)
        .build();
  }
}
