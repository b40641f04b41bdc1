package io.dynaload.emr.fake;

import java.util.List;
import java.util.stream.Collectors;

/** CloudFormation's answers. */
final class StackXml {
  private StackXml() {}

  static String created(FakeChangeSet set) {
    return element("Id", set.id()) + element("StackId", set.stack().arn());
  }

  static String changeSet(FakeChangeSet set) {
    boolean empty = set.changes().isEmpty();
    return element("ChangeSetId", set.id())
        + element("Status", empty ? "FAILED" : "CREATE_COMPLETE")
        + element("StatusReason", empty ? FakeChangeSet.NO_CHANGES : "")
        + element("ExecutionStatus", empty ? "UNAVAILABLE" : "AVAILABLE")
        + list("Changes", set.changes().stream().map(StackXml::change).toList());
  }

  private static String change(FakeChangeSet.Change change) {
    return element("Type", "Resource")
        + "<ResourceChange>"
        + element("Action", change.action())
        + element("LogicalResourceId", change.resource())
        + element("ResourceType", change.type())
        + (change.replacement().isEmpty() ? "" : element("Replacement", change.replacement()))
        + "</ResourceChange>";
  }

  static String stack(FakeStack stack) {
    return "<Stacks><member>"
        + element("StackName", stack.name)
        + element("StackId", stack.arn())
        + element("CreationTime", "2023-01-01T00:00:00Z")
        + element("StackStatus", stack.shown())
        + element("StackStatusReason", stack.reason)
        + list(
            "Parameters",
            stack.parameters.entrySet().stream()
                .map(
                    each ->
                        element("ParameterKey", each.getKey())
                            + element("ParameterValue", each.getValue()))
                .toList())
        + list(
            "Outputs",
            stack.outputs.entrySet().stream()
                .map(
                    each ->
                        element("OutputKey", each.getKey())
                            + element("OutputValue", stack.output(each.getValue())))
                .toList())
        + "</member></Stacks>";
  }

  /** The newest first. */
  static String events(FakeStack stack) {
    StringBuilder xml = new StringBuilder();
    for (int n = stack.events.size() - 1; n >= 0; n--) {
      FakeStack.Event event = stack.events.get(n);
      xml.append("<member>")
          .append(element("EventId", "event-" + n))
          .append(element("StackName", stack.name))
          .append(element("LogicalResourceId", event.resource()))
          .append(element("ResourceType", event.type()))
          .append(element("Timestamp", "2023-01-01T00:%02d:%02dZ".formatted(n / 60, n % 60)))
          .append(element("ResourceStatus", event.status()))
          .append(event.reason().isEmpty() ? "" : element("ResourceStatusReason", event.reason()))
          .append("</member>");
    }
    return "<StackEvents>" + xml + "</StackEvents>";
  }

  private static String list(String name, List<String> members) {
    return members.stream()
        .map(member -> "<member>" + member + "</member>")
        .collect(Collectors.joining("", "<" + name + ">", "</" + name + ">"));
  }

  private static String element(String name, String text) {
    return "<%1$s>%2$s</%1$s>".formatted(name, Answer.escaped(text));
  }
}
