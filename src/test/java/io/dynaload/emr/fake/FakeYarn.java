package io.dynaload.emr.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * YARN's ResourceManager on the primary node, and behind it Flink's REST API of the applications
 * that run; of one that has ended it has a page for people in that place.
 */
public final class FakeYarn implements FakeService {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String OPERATOR = "sink";

  private record App(ObjectNode json, Map<String, Long> counts) {}

  private final Map<String, App> apps = new LinkedHashMap<>();

  @Override
  public String name() {
    return "";
  }

  @Override
  public Protocol protocol() {
    return Protocol.JSON;
  }

  /** An application that runs, whose job has counted this; returns its id. */
  public synchronized String run(String importName, Map<String, Long> counts) {
    String id = "application_1700000000000_%04d".formatted(apps.size() + 1);
    ObjectNode json = JSON.objectNode().put("id", id).put("name", "dynaload " + importName);
    json.put("state", "RUNNING").put("finalStatus", "UNDEFINED").put("diagnostics", "");
    apps.put(id, new App(json, counts));
    return id;
  }

  public synchronized void end(String id, String finalStatus, String diagnostics) {
    App app = apps.get(id);
    if (app == null) {
      throw new IllegalArgumentException("There is no " + id);
    }
    app.json().put("state", finalStatus.equals("KILLED") ? "KILLED" : "FINISHED");
    app.json().put("finalStatus", finalStatus).put("diagnostics", diagnostics);
  }

  @Override
  public synchronized Answer answer(AwsRequest request) {
    if (request.path().equals("/ws/v1/cluster/apps")) {
      ObjectNode answer = JSON.objectNode();
      ArrayNode list = answer.putObject("apps").putArray("app");
      apps.values().forEach(app -> list.add(app.json()));
      return Answer.json(answer);
    }
    String[] parts = request.path().split("/", 4);
    App app = parts.length == 4 && parts[1].equals("proxy") ? apps.get(parts[2]) : null;
    if (app == null || !app.json().path("state").asText().equals("RUNNING")) {
      return Answer.of(200, "text/html", "<html>The application has ended</html>");
    }
    return Answer.json(flink(app, parts[3], request.parameter("get")));
  }

  private static String flink(App app, String path, String asked) {
    return switch (path) {
      case "jobs/overview" ->
          """
          {"jobs":[{"jid":"00aa","name":"readings","state":"RUNNING","start-time":1}]}\
          """;
      case "jobs/00aa" ->
          """
          {"jid":"00aa","vertices":[{"id":"00bb","name":"sink"}]}\
          """;
      case "jobs/00aa/vertices/00bb/subtasks/metrics" -> metrics(app, asked);
      default -> "{}";
    };
  }

  private static String metrics(App app, String asked) {
    ArrayNode all = JSON.arrayNode();
    app.counts()
        .forEach(
            (count, value) -> {
              String id = OPERATOR + ".dynaload." + count;
              if (asked.isEmpty()) {
                all.addObject().put("id", id);
              } else if (asked.contains(id)) {
                all.addObject().put("id", id).put("sum", (double) value);
              }
            });
    return all.toString();
  }
}
