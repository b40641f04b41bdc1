package io.dynaload.emr;

import io.dynaload.config.ConfigFile;
import io.dynaload.config.SecretReference;
import io.dynaload.config.Tree;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.ImportsFile;
import io.dynaload.sink.DynamoDbSinkConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** An import file that is to run on a cluster: valid, and asking for nothing of this machine. */
record DeployedFile(Tree tree, ImportsFile imports) {
  /**
   * Reads and checks a file.
   *
   * @param overrides what stands behind each {@code --set}
   * @throws io.dynaload.error.ImportException (CONFIGURATION) with all that is wrong
   */
  static DeployedFile read(Path file, List<String> overrides) {
    Tree tree = ConfigFile.read(file, overrides);
    ImportsFile imports = ImportsFile.read(file, overrides);
    OfThisMachine.refuse(tree, imports.name());
    return new DeployedFile(tree, imports);
  }

  String name() {
    return imports.name();
  }

  /** That of the stack: the first import's, if there are several with different ones. */
  DynamoDbSinkConfig target() {
    return sinks().iterator().next();
  }

  private Collection<DynamoDbSinkConfig> sinks() {
    return imports.imports().values().stream().map(ImportFile::sink).toList();
  }

  /** Names or ARNs of the secrets in Secrets Manager, without the keys of those that are JSON. */
  List<String> secrets() {
    return SecretReference.in(tree).stream()
        .filter(reference -> reference.scheme().equals("secretsmanager"))
        .map(SecretReference::name)
        .map(name -> name.contains("#") ? name.substring(0, name.lastIndexOf('#')) : name)
        .distinct()
        .toList();
  }

  /** The roles that are assumed. */
  List<String> roles() {
    return values(tree, "role-arn").distinct().toList();
  }

  /** What is read of S3, {@code s3://bucket/path}. */
  List<String> sourceUris() {
    return sources().stream()
        .flatMap(source -> Stream.concat(values(source, "path"), values(source, "paths")))
        .filter(uri -> uri.startsWith("s3://"))
        .distinct()
        .toList();
  }

  /** The tables that are scanned as the cluster's own role. */
  List<String> sourceTables() {
    return sources().stream()
        .filter(source -> source.text("type").filter("scan"::equals).isPresent())
        .filter(source -> source.text("role-arn").isEmpty())
        .flatMap(source -> Stream.concat(values(source, "table"), values(source, "tables")))
        .distinct()
        .toList();
  }

  /** Where the file says that something is kept: {@code checkpoint} or {@code dead-letters}. */
  Optional<String> directory(String section) {
    return tree.child("pipeline")
        .flatMap(pipeline -> pipeline.child(section))
        .flatMap(child -> child.text("directory"));
  }

  /** What is worth a word before anything is made. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    TreeSet<String> tables = new TreeSet<>();
    sinks().forEach(sink -> tables.add(sink.table()));
    tables.remove(target().table());
    more(warnings, "writes to further tables (" + String.join(", ", tables) + ")", tables);
    more(warnings, "has further secrets", skipFirst(secrets()));
    more(warnings, "assumes further roles", skipFirst(roles()));
    more(warnings, "scans further tables", skipFirst(sourceTables()));
    more(
        warnings,
        "has secrets in Parameter Store",
        SecretReference.in(tree).stream().filter(each -> each.scheme().equals("ssm")).toList());
    return warnings;
  }

  private static void more(List<String> warnings, String what, Collection<?> which) {
    if (!which.isEmpty()) {
      warnings.add(
          "the file "
              + what
              + ": the cluster may use the stack's own only; allow the others by a policy of yours,"
              + " --parameter InstancePolicyArn=ARN");
    }
  }

  private static List<String> skipFirst(List<String> all) {
    return all.subList(Math.min(1, all.size()), all.size());
  }

  private List<Tree> sources() {
    List<Tree> sources = new ArrayList<>();
    tree.child("source").ifPresent(sources::add);
    tree.child("imports").map(Tree::elements).orElse(List.of()).stream()
        .flatMap(each -> each.child("source").stream())
        .forEach(sources::add);
    return sources;
  }

  /** What stands under a key, as one value or a list, anywhere in a part of the file. */
  private static Stream<String> values(Tree tree, String key) {
    Stream<Tree> here = tree.child(key).stream();
    return Stream.concat(
        here.flatMap(
            child ->
                Stream.concat(
                    child.text().stream(),
                    child.elements().stream().flatMap(e -> e.text().stream()))),
        Stream.concat(tree.children().values().stream(), tree.elements().stream())
            .flatMap(child -> values(child, key)));
  }
}
