package io.dynaload.item;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends requests to a local DynamoDB as they are written, without an SDK in between. */
public final class RawDynamoDb {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;

  public RawDynamoDb(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Puts an item; whatever is not a success is an {@link AssertionError}. */
  void put(String table, byte[] item) throws IOException, InterruptedException {
    send("PutItem", join("{\"TableName\":\"" + table + "\",\"Item\":", item, "}"));
  }

  /** Puts items in batches of 25; no two in a batch may have the same key. */
  public void putAll(String table, List<byte[]> items) throws IOException, InterruptedException {
    for (int from = 0; from < items.size(); from += 25) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(utf8("{\"RequestItems\":{\"" + table + "\":["));
      for (int i = from; i < Math.min(from + 25, items.size()); i++) {
        body.writeBytes(utf8(i == from ? "" : ","));
        body.writeBytes(join("{\"PutRequest\":{\"Item\":", items.get(i), "}}"));
      }
      body.writeBytes(utf8("]}}"));
      send("BatchWriteItem", body.toByteArray());
    }
  }

  private void send(String operation, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Date", "20230101T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=dummykey/20230101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=none")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200 || response.body().contains("\"UnprocessedItems\":{\"")) {
      throw new AssertionError(
          response.body() + " for " + new String(body, StandardCharsets.UTF_8));
    }
  }

  private static byte[] join(String before, byte[] item, String after) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(utf8(before));
    out.writeBytes(item);
    out.writeBytes(utf8(after));
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
