package io.dynaload.emr.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Secrets Manager: secrets of text, by their names. */
public final class FakeSecretsManager implements FakeService {
  private final Map<String, String> secrets = new TreeMap<>();
  private final Set<String> deleted = new TreeSet<>();

  @Override
  public String name() {
    return "secretsmanager";
  }

  @Override
  public Protocol protocol() {
    return Protocol.JSON;
  }

  public synchronized FakeSecretsManager withSecret(String name, String value) {
    secrets.put(name, value);
    return this;
  }

  /** The values, by name. */
  public synchronized Map<String, String> secrets() {
    return new TreeMap<>(secrets);
  }

  /** Schedules one for deletion: it can be described and restored, and nothing else. */
  public synchronized FakeSecretsManager delete(String name) {
    deleted.add(name);
    return this;
  }

  public static String arn(String name) {
    return "arn:aws:secretsmanager:us-west-2:%s:secret:%s-AbCdEf".formatted(FakeSts.ACCOUNT, name);
  }

  @Override
  public synchronized Answer answer(AwsRequest request) throws AwsError {
    JsonNode asked = request.json();
    if (request.action().equals("CreateSecret")) {
      String name = asked.path("Name").asText();
      if (secrets.containsKey(name)) {
        throw AwsError.invalid(
            "ResourceExistsException",
            "The operation failed because the secret " + name + " already exists.");
      }
      secrets.put(name, asked.path("SecretString").asText());
      return described(name, false);
    }
    String name = found(asked.path("SecretId").asText());
    if (deleted.contains(name)
        && !Set.of("DescribeSecret", "RestoreSecret").contains(request.action())) {
      throw AwsError.invalid(
          "InvalidRequestException",
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    return switch (request.action()) {
      case "RestoreSecret" -> {
        deleted.remove(name);
        yield described(name, false);
      }
      case "DescribeSecret" -> described(name, false);
      case "GetSecretValue" -> described(name, true);
      case "PutSecretValue" -> {
        secrets.put(name, asked.path("SecretString").asText());
        yield described(name, false);
      }
      default -> throw FakeService.unknown(request);
    };
  }

  private String found(String nameOrArn) throws AwsError {
    return secrets.keySet().stream()
        .filter(name -> name.equals(nameOrArn) || arn(name).equals(nameOrArn))
        .findFirst()
        .orElseThrow(
            () ->
                AwsError.invalid(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret."));
  }

  private Answer described(String name, boolean withValue) {
    var answer = JsonNodeFactory.instance.objectNode().put("ARN", arn(name)).put("Name", name);
    if (deleted.contains(name)) {
      answer.put("DeletedDate", 1_700_000_000);
    }
    if (withValue) {
      answer.put("SecretString", secrets.get(name));
    }
    return Answer.json(answer);
  }
}
