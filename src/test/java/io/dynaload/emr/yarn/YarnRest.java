package io.dynaload.emr.yarn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The ResourceManager's REST API. */
final class YarnRest {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;

  YarnRest(String address) {
    this.address = address;
  }

  int activeNodes() throws IOException, InterruptedException {
    return ask("metrics").at("/clusterMetrics/activeNodes").asInt();
  }

  /** All applications, those that have ended as well, the oldest first. */
  List<YarnApplication> applications() throws IOException, InterruptedException {
    List<YarnApplication> applications = new ArrayList<>();
    for (JsonNode app : ask("apps").at("/apps/app")) {
      applications.add(
          new YarnApplication(
              app.path("id").asText(),
              app.path("name").asText(),
              app.path("state").asText(),
              app.path("finalStatus").asText()));
    }
    applications.sort(Comparator.comparing(YarnApplication::id));
    return applications;
  }

  private JsonNode ask(String what) throws IOException, InterruptedException {
    URI uri = URI.create("http://" + address + ":8088/ws/v1/cluster/" + what);
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(uri + " answers " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
