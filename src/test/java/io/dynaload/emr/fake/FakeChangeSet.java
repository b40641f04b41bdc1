package io.dynaload.emr.fake;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.emr.Stack;
import io.dynaload.emr.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/** A change set of {@link FakeCloudFormation}. */
record FakeChangeSet(
    String id,
    FakeStack stack,
    Map<String, String> parameters,
    Stack wanted,
    List<Change> changes) {
  static final String NO_CHANGES =
      "The submitted information didn't contain changes. Submit different information to create a"
          + " change set.";

  /** What becomes of one resource. */
  record Change(String action, String resource, String type, String replacement) {}

  static FakeChangeSet of(AwsRequest request, String id, FakeStack stack) throws AwsError {
    Template template = Template.parse(request.parameter("TemplateBody"));
    Map<String, String> parameters = parameters(request, stack);
    template
        .section("Parameters")
        .forEach(
            (key, parameter) -> {
              if (parameter.has("Default")) {
                parameters.putIfAbsent(key, parameter.get("Default").asText());
              }
            });
    Stack wanted = evaluated(template, parameters);
    return new FakeChangeSet(
        id, stack, parameters, wanted, changes(stack.resources, wanted.resources()));
  }

  private static Map<String, String> parameters(AwsRequest request, FakeStack stack)
      throws AwsError {
    Map<String, String> parameters = new TreeMap<>();
    for (int n = 1; request.parameters().containsKey(member(n, "ParameterKey")); n++) {
      String key = request.parameter(member(n, "ParameterKey"));
      boolean previous = request.parameter(member(n, "UsePreviousValue")).equals("true");
      String value =
          previous
              ? stack.isNew() ? null : stack.parameters.get(key)
              : request.parameters().get(member(n, "ParameterValue"));
      if (value == null) {
        throw AwsError.invalid("ValidationError", "Invalid input for parameter key " + key);
      }
      parameters.put(key, value);
    }
    return parameters;
  }

  private static String member(int number, String what) {
    return "Parameters.member." + number + "." + what;
  }

  private static Stack evaluated(Template template, Map<String, String> parameters)
      throws AwsError {
    List<String> missing =
        template.section("Parameters").keySet().stream()
            .filter(key -> !parameters.containsKey(key))
            .toList();
    if (!missing.isEmpty()) {
      throw AwsError.invalid("ValidationError", "Parameters: " + missing + " must have values");
    }
    try {
      Stack stack = new Stack(template, parameters);
      for (String rule : template.section("Rules").keySet()) {
        if (!stack.passes(rule)) {
          throw AwsError.invalid("ValidationError", "Template error: rule " + rule);
        }
      }
      return stack;
    } catch (NoSuchElementException e) {
      throw AwsError.invalid("ValidationError", "Parameters: " + e.getMessage());
    }
  }

  private static List<Change> changes(Map<String, JsonNode> now, Map<String, JsonNode> wanted) {
    List<Change> changes = new ArrayList<>();
    wanted.forEach(
        (name, resource) -> {
          String type = resource.path("Type").asText();
          if (!now.containsKey(name)) {
            changes.add(new Change("Add", name, type, ""));
          } else if (!resource.equals(now.get(name))) {
            boolean anew = type.equals("AWS::EMR::Cluster");
            changes.add(new Change("Modify", name, type, anew ? "True" : "False"));
          }
        });
    now.forEach(
        (name, resource) -> {
          if (!wanted.containsKey(name)) {
            changes.add(new Change("Remove", name, resource.path("Type").asText(), ""));
          }
        });
    return changes;
  }
}
