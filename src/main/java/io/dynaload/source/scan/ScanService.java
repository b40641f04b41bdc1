package io.dynaload.source.scan;

import io.dynaload.aws.AwsClients;
import io.dynaload.aws.AwsConfig;
import io.dynaload.wire.SignedCalls;
import io.dynaload.wire.http.HttpConnections;
import java.net.URI;

/** Where Scan is called. Thread-safe. */
interface ScanService extends AutoCloseable {
  /** Sends a request; the receiver is told its outcome once, by any thread. */
  void scan(byte[] body, SignedCalls.Receiver receiver);

  @Override
  void close();

  /** The real one, over connections of its own. */
  static ScanService open(AwsConfig aws) {
    URI endpoint = AwsClients.dynamoDbEndpoint(aws);
    SignedCalls calls =
        new SignedCalls(
            new SignedCalls.Address(endpoint, AwsClients.region(aws).id()),
            AwsClients.credentials(aws),
            new HttpConnections(endpoint));
    return new ScanService() {
      @Override
      public void scan(byte[] body, SignedCalls.Receiver receiver) {
        calls.call("Scan", body, receiver);
      }

      @Override
      public void close() {
        calls.close();
      }
    };
  }
}
