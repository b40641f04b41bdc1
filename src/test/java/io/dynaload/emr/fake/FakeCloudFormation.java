package io.dynaload.emr.fake;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.emr.Template;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * CloudFormation: stacks by change set. It evaluates the template it is sent, refuses parameters as
 * the template's own patterns and rules do, and tells the changes from what the stack has. A stack
 * is as it was at the first look after it was told to change, in progress at the second, and done
 * at the third. Its cluster, bucket and table then are in the services that stand for EMR, S3 and
 * DynamoDB; when it is deleted they stay. Of a creation that fails, what had been made before stays
 * where its DeletionPolicy is to retain it.
 */
public final class FakeCloudFormation implements FakeService {
  /** Puts a resource of a type where it belongs, and returns its id. */
  private final Map<String, Function<JsonNode, String>> makers;

  private final Map<String, FakeStack> stacks = new TreeMap<>();
  private final Map<String, FakeChangeSet> changeSets = new LinkedHashMap<>();
  private @Nullable String failing;
  private String failure = "";

  public FakeCloudFormation(FakeEmr emr, FakeS3 s3, FakeDynamoDb dynamoDb) {
    makers =
        Map.of(
            "AWS::EMR::Cluster",
            cluster -> emr.addCluster(cluster.path("Name").asText()),
            "AWS::S3::Bucket",
            bucket -> named(bucket, "BucketName", s3::withBucket),
            "AWS::DynamoDB::Table",
            table -> named(table, "TableName", dynamoDb::withTable));
  }

  private static String named(JsonNode properties, String key, Consumer<String> maker) {
    String name = properties.path(key).asText();
    maker.accept(name);
    return name;
  }

  @Override
  public String name() {
    return "cloudformation";
  }

  @Override
  public Protocol protocol() {
    return Protocol.QUERY;
  }

  /** Lets the next change of a stack fail at a resource, and be undone. */
  public synchronized void failNext(String resource, String reason) {
    failing = resource;
    failure = reason;
  }

  /** Puts a stack into a status, in which it stays. */
  public synchronized void become(String stack, String status) {
    Objects.requireNonNull(stacks.get(stack)).status(status, null, "");
  }

  /** A stack's parameters; empty if there is none. */
  public synchronized Map<String, String> parameters(String stack) {
    FakeStack found = stacks.get(stack);
    return found == null ? Map.of() : found.parameters;
  }

  /** A stack's status; empty if there is none. */
  public synchronized String status(String stack) {
    FakeStack found = stacks.get(stack);
    return found == null ? "" : found.status;
  }

  @Override
  public synchronized Answer answer(AwsRequest request) throws AwsError {
    return Answer.query(
        request.action(),
        switch (request.action()) {
          case "ValidateTemplate" -> validate(request);
          case "CreateChangeSet" -> StackXml.created(create(request));
          case "DescribeChangeSet" -> StackXml.changeSet(changeSet(request));
          case "ExecuteChangeSet" -> execute(changeSet(request));
          case "DeleteChangeSet" -> {
            changeSets.remove(changeSet(request).id());
            yield "";
          }
          case "DescribeStacks" -> look(stack(request));
          case "DescribeStackEvents" -> StackXml.events(stack(request));
          case "DeleteStack" -> delete(request);
          default -> throw FakeService.unknown(request);
        });
  }

  private static String validate(AwsRequest request) {
    Template.parse(request.parameter("TemplateBody"));
    return "<Capabilities><member>CAPABILITY_IAM</member></Capabilities>";
  }

  private FakeChangeSet create(AwsRequest request) throws AwsError {
    String name = request.parameter("StackName");
    FakeStack stack = stacks.getOrDefault(name, new FakeStack(name));
    if (!request.parameter("ChangeSetType").equals(stack.isNew() ? "CREATE" : "UPDATE")) {
      throw AwsError.invalid(
          "ValidationError",
          "Stack [" + name + (stack.isNew() ? "] does not exist" : "] already exists"));
    }
    if (stack.status.endsWith("ROLLBACK_FAILED")
        || stack.status.equals("ROLLBACK_COMPLETE")
        || (stack.status.endsWith("_IN_PROGRESS") && !stack.isNew())) {
      throw AwsError.invalid(
          "ValidationError",
          "Stack:%s is in %s state and can not be updated.".formatted(stack.arn(), stack.status));
    }
    if (!request.parameters().containsValue("CAPABILITY_IAM")) {
      throw AwsError.invalid(
          "InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_IAM]");
    }
    String id =
        "arn:aws:cloudformation:us-west-2:%s:changeSet/%s/%d"
            .formatted(FakeSts.ACCOUNT, request.parameter("ChangeSetName"), changeSets.size() + 1);
    FakeChangeSet made = FakeChangeSet.of(request, id, stack);
    stacks.put(name, stack);
    changeSets.put(id, made);
    if (stack.isNew()) {
      stack.parameters = made.parameters();
    }
    return made;
  }

  private FakeChangeSet changeSet(AwsRequest request) throws AwsError {
    FakeChangeSet set = changeSets.get(request.parameter("ChangeSetName"));
    if (set == null) {
      throw new AwsError(404, "ChangeSetNotFound", "There is no such change set");
    }
    return set;
  }

  private String execute(FakeChangeSet set) throws AwsError {
    if (set.changes().isEmpty()) {
      throw AwsError.invalid("InvalidChangeSetStatus", "The change set cannot be executed.");
    }
    FakeStack stack = set.stack();
    String verb = stack.isNew() ? "CREATE" : "UPDATE";
    stack.told(verb + "_IN_PROGRESS", verb + "_COMPLETE");
    if (failing == null) {
      stack.become(set.parameters(), set.wanted());
    }
    for (FakeChangeSet.Change change : set.changes()) {
      if (change.resource().equals(failing)) {
        event(stack, change, verb + "_FAILED", failure);
        undo(stack, verb);
        return "";
      }
      event(stack, change, verb + "_COMPLETE", "");
      JsonNode resource = set.wanted().resources().get(change.resource());
      if (failing == null || retains(resource)) {
        make(stack, change, resource);
      }
    }
    return "";
  }

  private static void event(
      FakeStack stack, FakeChangeSet.Change change, String status, String reason) {
    stack.events.add(new FakeStack.Event(change.resource(), change.type(), status, reason));
  }

  private void undo(FakeStack stack, String verb) {
    String rollback = verb.equals("CREATE") ? "ROLLBACK" : "UPDATE_ROLLBACK";
    stack.status(
        rollback + "_IN_PROGRESS",
        rollback + "_COMPLETE",
        "The following resource(s) failed to %s: [%s]."
            .formatted(verb.toLowerCase(Locale.ROOT), failing));
    failing = null;
  }

  private static boolean retains(@Nullable JsonNode resource) {
    return resource != null && resource.path("DeletionPolicy").asText().equals("Retain");
  }

  private void make(FakeStack stack, FakeChangeSet.Change change, @Nullable JsonNode resource) {
    if (change.action().equals("Remove") || change.replacement().equals("False")) {
      return;
    }
    stack.made(
        change.resource(),
        makers
            .getOrDefault(change.type(), any -> "id-of-" + change.resource())
            .apply(Objects.requireNonNull(resource).path("Properties")));
  }

  /** By which time passes for it. */
  private String look(FakeStack stack) {
    String seen = StackXml.stack(stack);
    stack.pass();
    if (stack.status.equals("DELETE_COMPLETE")) {
      stacks.remove(stack.name);
    }
    return seen;
  }

  private FakeStack stack(AwsRequest request) throws AwsError {
    String name = request.parameter("StackName");
    for (FakeStack stack : stacks.values()) {
      if (stack.name.equals(name) || stack.arn().equals(name)) {
        return stack;
      }
    }
    throw AwsError.invalid("ValidationError", "Stack with id " + name + " does not exist");
  }

  private String delete(AwsRequest request) {
    FakeStack stack = stacks.get(request.parameter("StackName"));
    if (stack != null) {
      stack.told("DELETE_IN_PROGRESS", "DELETE_COMPLETE");
    }
    return "";
  }
}
