package io.dynaload.emr.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What YARN and Flink say of Dynaload's applications, from where they can be reached: inside the
 * cluster's network, or through a tunnel. Where they cannot, there is nothing to say; that takes
 * two seconds a look at most. A primary node that did not answer is asked again at the next look,
 * and then less and less often.
 */
final class YarnWatch {
  private static final Duration AT_MOST = Duration.ofSeconds(2);
  private static final int MOST_LEFT_OUT = 30;
  private static final String NAME = "dynaload ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(AT_MOST).build();
  private int misses;
  private int looksToLeaveOut;

  /**
   * The applications that began since then.
   *
   * @param flinkUrl where one job's REST API answers; null to ask YARN
   * @param host the primary node's; empty if it is not known
   * @param since milliseconds since 1970
   */
  List<ApplicationView> find(@Nullable String flinkUrl, String host, long since)
      throws InterruptedException {
    if (flinkUrl != null) {
      Job job = job(flinkUrl.replaceAll("/$", ""));
      return job == null
          ? List.of()
          : List.of(
              new ApplicationView("", job.name(), job.state(), "UNDEFINED", "", job.counts()));
    }
    if (host.isEmpty() || looksToLeaveOut > 0) {
      looksToLeaveOut = Math.max(0, looksToLeaveOut - 1);
      return List.of();
    }
    return ofYarn(host, since);
  }

  private List<ApplicationView> ofYarn(String host, long since) throws InterruptedException {
    String yarn = host.contains(":") ? "http://" + host : "http://" + host + ":8088";
    JsonNode answer =
        get(yarn + "/ws/v1/cluster/apps?applicationTags=dynaload&startedTimeBegin=" + since);
    if (answer == null) {
      looksToLeaveOut = misses == 0 ? 0 : Math.min(MOST_LEFT_OUT, 1 << misses);
      misses = Math.min(misses + 1, MOST_LEFT_OUT);
      return List.of();
    }
    misses = 0;
    List<ApplicationView> found = new ArrayList<>();
    for (JsonNode each : answer.path("apps").path("app")) {
      found.add(application(yarn, each));
    }
    return found;
  }

  private ApplicationView application(String yarn, JsonNode each) throws InterruptedException {
    String id = each.path("id").asText();
    String name = each.path("name").asText();
    String state = each.path("state").asText();
    // Once it has ended its proxy serves a page for people.
    Job job = state.equals("RUNNING") ? job(yarn + "/proxy/" + id) : null;
    return new ApplicationView(
        id,
        name.startsWith(NAME) ? name.substring(NAME.length()) : name,
        job == null ? state : job.state(),
        each.path("finalStatus").asText("UNDEFINED"),
        each.path("diagnostics").asText(),
        job == null ? Map.of() : job.counts());
  }

  private record Job(String name, String state, Map<Count, Long> counts) {}

  private @Nullable Job job(String flink) throws InterruptedException {
    JsonNode overview = get(flink + "/jobs/overview");
    JsonNode newest = null;
    for (JsonNode job : overview == null ? JSON.createArrayNode() : overview.path("jobs")) {
      if (newest == null || job.path("start-time").asLong() > newest.path("start-time").asLong()) {
        newest = job;
      }
    }
    if (newest == null) {
      return null;
    }
    String job = flink + "/jobs/" + newest.path("jid").asText();
    return new Job(newest.path("name").asText(), newest.path("state").asText(), counts(job));
  }

  private Map<Count, Long> counts(String job) throws InterruptedException {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    JsonNode details = get(job);
    for (JsonNode vertex : details == null ? JSON.createArrayNode() : details.path("vertices")) {
      String metrics = job + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
      Map<String, Count> names = new java.util.TreeMap<>();
      JsonNode known = get(metrics);
      for (JsonNode each : known == null ? JSON.createArrayNode() : known) {
        String id = each.path("id").asText();
        for (Count count : Count.values()) {
          if (id.endsWith("." + MetricNames.GROUP + "." + count.key())) {
            names.put(id, count);
          }
        }
      }
      if (!names.isEmpty()) {
        String asked = URLEncoder.encode(String.join(",", names.keySet()), StandardCharsets.UTF_8);
        JsonNode sums = get(metrics + "?agg=sum&get=" + asked);
        for (JsonNode each : sums == null ? JSON.createArrayNode() : sums) {
          Count count = names.get(each.path("id").asText());
          if (count != null) {
            counts.merge(count, each.path("sum").asLong(), Long::sum);
          }
        }
      }
    }
    return counts;
  }

  /** The answer; null if there is none, or none in JSON. */
  private @Nullable JsonNode get(String url) throws InterruptedException {
    try {
      HttpResponse<byte[]> response =
          http.send(
              HttpRequest.newBuilder(URI.create(url))
                  .timeout(AT_MOST)
                  .header("Accept", "application/json")
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() == 200 ? JSON.readTree(response.body()) : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }
}
