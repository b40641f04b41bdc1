package io.dynaload.emr;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeyAttribute;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.sink.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the stack's parameters have to be for a file. Those that are given on the command line win;
 * then what the file says; the others stay as they are, or are the template's defaults. What a
 * stack has made stays as it is, whatever the file says of it by now.
 *
 * @param facts by name: {@code account}, {@code region}, {@code cluster-ended}; of a stack that is
 *     there, {@code status} and {@code parameter.NAME} for each parameter. One in review is still
 *     to be made: what was said of its parameters does not count
 * @param look is asked only for what is not known from these
 */
record StackParameters(
    DeployedFile file, Map<String, String> facts, Map<String, String> given, Look look) {
  private static final String PREVIOUS = "parameter.";

  private static final List<String> USED =
      List.of(
          "DynamoDBTableName",
          "S3BucketName",
          "LindormSecretArn",
          "PeerRoleArn",
          "SourceTableName",
          "SourceBucketName",
          "SourcePrefix");

  /** A new table has nothing of the one that the stack had before. */
  private static final Map<String, String> UNSHAPED = unshaped();

  private static Map<String, String> unshaped() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("PartitionKeyName", "");
    values.put("PartitionKeyType", "S");
    values.put("SortKeyName", "");
    values.put("SortKeyType", "S");
    values.put("TimeToLiveAttribute", "");
    values.put("DynamoDBWriteCapacity", "0");
    return values;
  }

  StackParameters {
    if ("REVIEW_IN_PROGRESS".equals(facts.get("status"))) {
      Map<String, String> known = new LinkedHashMap<>(facts);
      known.keySet().removeIf(fact -> fact.startsWith(PREVIOUS));
      facts = known;
    }
  }

  /** Those whose values are to be set; all others stay as they are. */
  Map<String, String> changed() {
    Map<String, String> values = new LinkedHashMap<>();
    String table = file.target().table();
    values.put("DynamoDBTableName", table);
    if (!table.equals(previous("DynamoDBTableName"))) {
      addTable(values);
    }
    values.put("S3BucketName", bucket());
    if (!bucket().equals(previous("S3BucketName"))) {
      values.put("ExistingBucket", String.valueOf(look.hasBucket(bucket())));
    }
    addAccess(values);
    String generation = previous("ClusterGeneration");
    if (generation != null && "true".equals(facts.get("cluster-ended"))) {
      values.put("ClusterGeneration", String.valueOf(Long.parseLong(generation) + 1));
    }
    values.putAll(given);
    requireKey(values, table);
    return values;
  }

  /** Those that the stack has besides the changed ones. */
  Set<String> kept(Map<String, String> changed) {
    Set<String> kept = new TreeSet<>();
    for (String fact : facts.keySet()) {
      if (fact.startsWith(PREVIOUS)) {
        kept.add(fact.substring(PREVIOUS.length()));
      }
    }
    kept.removeAll(changed.keySet());
    return kept;
  }

  /** Those by which what runs would lose its table, its bucket or what it reads. */
  List<String> taken(Map<String, String> changed) {
    return USED.stream().filter(name -> isTaken(previous(name), changed.get(name))).toList();
  }

  private static boolean isTaken(@Nullable String was, @Nullable String is) {
    return was != null && !was.isEmpty() && is != null && !is.equals(was);
  }

  /** What of S3 the cluster may use then. */
  BucketReach reach(Map<String, String> changed) {
    return new BucketReach(
        valueOf("S3BucketName", changed),
        valueOf("SourceBucketName", changed),
        valueOf("SourcePrefix", changed),
        !valueOf("InstancePolicyArn", changed).isEmpty());
  }

  private String valueOf(String parameter, Map<String, String> changed) {
    String was = previous(parameter);
    return changed.getOrDefault(parameter, was == null ? "" : was);
  }

  /** What a parameter is at the moment; null if there is no stack, or no such parameter. */
  @Nullable String previous(String parameter) {
    return facts.get(PREVIOUS + parameter);
  }

  /** The bucket of the stack: of what is given, of the file's checkpoints, or of the account. */
  String bucket() {
    String stated = given.getOrDefault("S3BucketName", previous("S3BucketName"));
    return stated != null
        ? stated
        : file.directory("checkpoint")
            .map(S3Uri::of)
            .map(S3Uri::bucket)
            .orElseGet(
                () -> "dynaload-" + facts.get("account") + "-" + facts.getOrDefault("region", ""));
  }

  private void addTable(Map<String, String> values) {
    DynamoDbSinkConfig target = file.target();
    if (target.aws().roleArn() != null || look.hasTable(target.table())) {
      values.put("ExistingTable", "true");
      return;
    }
    values.put("ExistingTable", "false");
    values.putAll(UNSHAPED);
    TableDefinition definition = target.createTable();
    if (definition == null) {
      return;
    }
    addKey(values, "PartitionKey", definition.keys().partition());
    addKey(values, "SortKey", definition.keys().sort());
    if (definition.ttlAttribute() != null) {
      values.put("TimeToLiveAttribute", definition.ttlAttribute());
    }
    TableDefinition.Throughput provisioned = definition.provisioned();
    if (provisioned != null) {
      values.put("DynamoDBWriteCapacity", String.valueOf(provisioned.writeUnits()));
      values.put("DynamoDBReadCapacity", String.valueOf(provisioned.readUnits()));
    }
  }

  private static void addKey(
      Map<String, String> values, String parameter, @Nullable KeyAttribute key) {
    if (key != null) {
      values.put(parameter + "Name", key.name());
      values.put(parameter + "Type", key.type().name());
    }
  }

  /** What the job has to reach besides its table. */
  private void addAccess(Map<String, String> values) {
    if (!file.secrets().isEmpty() && !given.containsKey("LindormSecretArn")) {
      values.put("LindormSecretArn", arn(file.secrets().get(0)));
    }
    if (!file.roles().isEmpty()) {
      values.put("PeerRoleArn", file.roles().get(0));
    }
    if (!file.sourceTables().isEmpty()) {
      values.put("SourceTableName", file.sourceTables().get(0));
    }
    List<S3Uri> read = file.sourceUris().stream().map(S3Uri::of).toList();
    if (!read.isEmpty() && !read.get(0).bucket().equals(bucket())) {
      String bucket = read.get(0).bucket();
      values.put("SourceBucketName", bucket);
      values.put(
          "SourcePrefix",
          S3Uri.commonPrefix(read.stream().filter(uri -> uri.bucket().equals(bucket)).toList()));
    }
  }

  /** What is an ARN already need not be there yet. */
  private String arn(String secret) {
    return secret.startsWith("arn:")
        ? secret
        : look.secretArn(secret)
            .orElseThrow(
                () ->
                    new ImportException(
                        ErrorCode.CONFIGURATION,
                        "Secrets Manager has no secret " + secret + " in " + facts.get("region"),
                        "Correct its name in the file, or make it:\n"
                            + "  read -rsp 'Secret: ' s && printf %s \"$s\" | aws secretsmanager"
                            + " create-secret --region "
                            + facts.get("region")
                            + " \\\n    --name "
                            + secret
                            + " --secret-string file:///dev/stdin"));
  }

  private void requireKey(Map<String, String> values, String table) {
    boolean isNew = "false".equals(values.getOrDefault("ExistingTable", "true"));
    if (isNew && values.getOrDefault("PartitionKeyName", "").isEmpty()) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "Table " + table + " does not exist, and nothing says what its key is to be",
          "Add sink.create-table: {partition-key: 'id:S', sort-key: 'at:N'} to the file; with nine"
              + " arguments, set PARTITION_KEY=id:S, and SORT_KEY=at:N if it has one.");
    }
  }
}
