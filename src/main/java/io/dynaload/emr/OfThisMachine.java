package io.dynaload.emr;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import io.dynaload.config.Problems;
import io.dynaload.config.SecretReference;
import io.dynaload.config.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a file has of the machine that it was written on, and no node of a cluster has. */
final class OfThisMachine {
  private static final Pattern LOOPBACK =
      Pattern.compile("://(localhost|127\\.[0-9.]+|\\[::1])(:|/|;|$)");
  private static final Pattern MYSQL = Pattern.compile("^jdbc:(mysql|mariadb):", CASE_INSENSITIVE);
  private static final List<String> FOLDERS = List.of("path", "paths", "directory");

  private OfThisMachine() {}

  /**
   * @throws io.dynaload.error.ImportException (CONFIGURATION) with all of it
   */
  static void refuse(Tree tree, String name) {
    Problems problems = new Problems();
    SecretReference.in(tree).forEach(reference -> secret(reference, name, problems));
    look(tree, "", problems);
    problems.throwIfAny();
  }

  private static void secret(SecretReference reference, String name, Problems problems) {
    Tree place = reference.place();
    if (place.path().endsWith("-capacity")) {
      if (reference.name().startsWith("s3://")) {
        return;
      }
      problems.add(
          place.problem(
              "a file is read here, and the nodes of the cluster do not have it",
              "Write the capacity itself, 7000, 80% or adaptive; or name a file on S3."));
    } else if (List.of("env", "file").contains(reference.scheme())) {
      problems.add(
          place.problem(
              "${" + reference.scheme() + ":…} is not there on the nodes of the cluster",
              """
              Put the secret into Secrets Manager,
                read -rsp 'Secret: ' s && printf %%s "$s" | aws secretsmanager create-secret \\
                  --name dynaload/%s --secret-string file:///dev/stdin --query ARN --output text
              and write the ARN that this prints in the reference's place: ${secretsmanager:ARN}\
              """
                  .formatted(name)));
    }
  }

  private static void look(Tree tree, String key, Problems problems) {
    Optional<String> text = tree.text();
    if (text.isPresent()) {
      value(tree, key, text.get(), problems);
    }
    for (Map.Entry<String, Tree> child : tree.children().entrySet()) {
      look(child.getValue(), child.getKey(), problems);
    }
    tree.elements().forEach(element -> look(element, key, problems));
  }

  private static void value(Tree place, String key, String text, Problems problems) {
    if (key.equals("driver-jar")) {
      problems.add(
          place.problem(
              "is a file that the nodes of the cluster do not have",
              "Leave it out: the job's jar has Lindorm's own driver."));
    } else if (key.equals("url") && MYSQL.matcher(text).find()) {
      problems.add(
          place.problem(
              "needs MySQL's driver, which the job's jar does not have",
              "Read Lindorm by its own protocol, jdbc:lindorm:table:url=http://HOST:30060; or run"
                  + " this import by run.sh on a machine that has Connector/J."));
    }
    if (LOOPBACK.matcher(text).find()) {
      problems.add(
          place.problem(
              "is an address of this machine", "Name a server that the cluster can reach."));
    } else if (FOLDERS.contains(key) && (!text.contains("://") || text.startsWith("file:"))) {
      problems.add(
          place.problem(
              "is a folder or file of this machine",
              key.equals("directory")
                  ? "Leave it out, so that it is in the stack's bucket, or name one: s3://…"
                  : "Copy it to S3 (aws s3 cp) and name it there: s3://…"));
    }
  }
}
