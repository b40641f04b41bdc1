package io.dynaload.sink;

import io.dynaload.aws.AwsClients;
import io.dynaload.item.KeySchema;
import io.dynaload.wire.SignedCalls;
import io.dynaload.wire.http.HttpConnections;
import java.net.URI;

/** Opens the service that a sink's configuration asks for. */
final class HttpBatchServices {
  private HttpBatchServices() {}

  static BatchService open(DynamoDbSinkConfig config, KeySchema keys) {
    WriteModeConfig mode = config.writing().mode();
    WireFormat format =
        mode.isConditional()
            ? new ConditionalFormat(config.table(), keys, mode)
            : new BatchFormat(config.table(), keys);
    URI endpoint = AwsClients.dynamoDbEndpoint(config.aws());
    return new HttpBatchService(
        new SignedCalls(
            new SignedCalls.Address(endpoint, AwsClients.region(config.aws()).id()),
            AwsClients.credentials(config.aws()),
            new HttpConnections(endpoint)),
        format);
  }
}
