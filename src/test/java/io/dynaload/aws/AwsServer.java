package io.dynaload.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * DynamoDB and STS with one answer each, on 127.0.0.1; keeps what it was asked. What has an
 * X-Amz-Target is taken for DynamoDB's. Thread-safe.
 */
final class AwsServer implements AutoCloseable {
  /** What was asked. */
  record Call(String body, String authorization) {}

  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile String dynamoDb = "{}";
  private volatile String sts = "";

  AwsServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answerDynamoDb(String json) {
    dynamoDb = json;
  }

  void answerSts(String accessKey, Instant expiration) {
    sts =
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleResult>
            <AssumedRoleUser>
              <Arn>arn:aws:sts::123456789012:assumed-role/loader/dynaload</Arn>
              <AssumedRoleId>AROAEXAMPLE:dynaload</AssumedRoleId>
            </AssumedRoleUser>
            <Credentials>
              <AccessKeyId>%s</AccessKeyId>
              <SecretAccessKey>role-key</SecretAccessKey>
              <SessionToken>role-token</SessionToken>
              <Expiration>%s</Expiration>
            </Credentials>
          </AssumeRoleResult>
        </AssumeRoleResponse>
        """
            .formatted(accessKey, expiration.truncatedTo(ChronoUnit.SECONDS));
  }

  List<Call> calls() {
    return calls;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(new Call(body, exchange.getRequestHeaders().getFirst("Authorization")));
      boolean isDynamoDb = exchange.getRequestHeaders().containsKey("X-Amz-Target");
      byte[] answer = (isDynamoDb ? dynamoDb : sts).getBytes(StandardCharsets.UTF_8);
      exchange
          .getResponseHeaders()
          .add("Content-Type", isDynamoDb ? "application/x-amz-json-1.0" : "text/xml");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
