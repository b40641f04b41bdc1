package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.item.CanonicalText;
import io.dynaload.item.Item;
import io.dynaload.item.ItemView;
import io.dynaload.item.Origin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;

/** Sends requests as they are written, and tells answers in a form that can be compared. */
final class RawClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;

  RawClient(URI endpoint) {
    this.endpoint = endpoint;
  }

  JsonNode send(String operation, String body) throws IOException, InterruptedException {
    String date =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Date", date)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=dummykey/20230101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=none")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return JSON.readTree(response.body());
  }

  /**
   * The answer's error code, what it consumed, and the items in it, by their values. What an error
   * says to a person is left out.
   */
  static Map<String, Object> essence(JsonNode answer) {
    Map<String, Object> essence = new TreeMap<>();
    answer.properties().forEach(field -> add(essence, field.getKey(), field.getValue()));
    return essence;
  }

  private static void add(Map<String, Object> essence, String name, JsonNode value) {
    switch (name) {
      case "__type" -> essence.put("error", value.textValue().replaceAll(".*#", ""));
      case "Item", "Attributes" -> essence.put(name, text(value));
      case "ConsumedCapacity" ->
          essence.put("consumed", consumed(value.isArray() ? value.path(0) : value));
      case "UnprocessedItems" -> essence.put(name, value.size());
      default -> {
        // Words, or not the same in both for a good reason.
      }
    }
  }

  private static Map<String, Double> consumed(JsonNode told) {
    Map<String, Double> units = new TreeMap<>();
    units.put("all", told.path("CapacityUnits").asDouble());
    if (told.has("Table")) {
      units.put("table", told.at("/Table/CapacityUnits").asDouble());
    }
    told.path("GlobalSecondaryIndexes")
        .properties()
        .forEach(
            index ->
                units.put(
                    "index " + index.getKey(), index.getValue().path("CapacityUnits").asDouble()));
    return units;
  }

  private static String text(JsonNode item) {
    byte[] json = item.toString().getBytes(StandardCharsets.UTF_8);
    Item put = Item.put(json, 0, Item.NO_WRITE_TIMESTAMP, new Origin("answer", 0));
    return CanonicalText.of(new ItemView(put).asMap());
  }
}
