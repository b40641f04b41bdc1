package io.dynaload.emr.fake;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.emr.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stack of {@link FakeCloudFormation}: what it was asked to be, and how far it is. */
final class FakeStack {
  /** One line of its history. */
  record Event(String resource, String type, String status, String reason) {}

  final String name;
  String status = "REVIEW_IN_PROGRESS";
  String reason = "";
  Map<String, String> parameters = Map.of();
  Map<String, JsonNode> resources = Map.of();
  Map<String, JsonNode> outputs = Map.of();
  final List<Event> events = new ArrayList<>();
  private final Map<String, String> physicalIds = new TreeMap<>();
  private @Nullable String next;
  private @Nullable String before;

  FakeStack(String name) {
    this.name = name;
  }

  String arn() {
    return "arn:aws:cloudformation:us-west-2:%s:stack/%s/1".formatted(FakeSts.ACCOUNT, name);
  }

  boolean isNew() {
    return status.equals("REVIEW_IN_PROGRESS");
  }

  /** Takes what it is to be; it is so once it was looked at. */
  void become(Map<String, String> given, Stack evaluated) {
    parameters = given;
    resources = evaluated.resources();
    outputs = evaluated.outputs();
  }

  void made(String resource, String physicalId) {
    physicalIds.put(resource, physicalId);
  }

  /** Has it told to change, which the first look does not show yet. */
  void told(String now, String after) {
    before = status;
    status(now, after, "User Initiated");
  }

  /** What is shown of its status. */
  String shown() {
    return before == null ? status : before;
  }

  /**
   * Says how far it is.
   *
   * @param after the status that it has at the look after the next; null if this one stays
   */
  void status(String now, @Nullable String after, String why) {
    status = now;
    next = after;
    reason = why;
    events.add(new Event(name, "AWS::CloudFormation::Stack", now, why));
  }

  /** Goes on after it was looked at. */
  void pass() {
    if (before != null) {
      before = null;
    } else if (next != null) {
      status(next, null, "");
    }
  }

  /** An output, with the ids of the resources that it refers to. */
  String output(JsonNode output) {
    String text = output.path("Value").asText();
    for (Map.Entry<String, String> id : physicalIds.entrySet()) {
      text = text.replace("<" + id.getKey() + ">", id.getValue());
    }
    return text;
  }
}
