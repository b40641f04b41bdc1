package io.dynaload.emr;

import io.dynaload.config.Problems;
import io.dynaload.config.SecretReference;
import io.dynaload.config.Tree;
import io.dynaload.error.ImportException;
import java.util.Optional;
import java.util.Set;

/**
 * Which objects of S3 the cluster's own role may use.
 *
 * @param bucket the stack's, which it may read and write
 * @param source the one that it may read; empty if there is none
 * @param prefix what keys begin with that it may read there
 * @param isWidened by a policy that is not known here, so that nothing can be said against a bucket
 */
record BucketReach(String bucket, String source, String prefix, boolean isWidened) {
  private static final Set<String> READ = Set.of("path", "paths");

  /**
   * Finds what a file keeps or reads elsewhere. What is read by a role of the source's own is that
   * role's matter.
   *
   * @throws io.dynaload.error.ImportException (CONFIGURATION) with all of it
   */
  void refuseOthers(Tree file) {
    if (isWidened) {
      return;
    }
    Problems problems = new Problems();
    SecretReference.in(file).stream()
        .filter(reference -> reference.scheme().equals("file"))
        .filter(reference -> !mayRead(reference.name()))
        .forEach(reference -> problems.add(unread(reference.place(), reference.name())));
    look(file, "", problems);
    problems.throwIfAny();
  }

  private void look(Tree tree, String key, Problems problems) {
    if (tree.text("role-arn").isPresent() && tree.text("type").isPresent()) {
      return;
    }
    Optional<String> uri = tree.text().filter(text -> text.startsWith("s3://"));
    if (uri.isPresent() && key.equals("directory") && !mayWrite(uri.get())) {
      problems.add(
          tree.problem(
              uri.get() + " is in a bucket that the stack's cluster may not write to",
              "Leave it out, so that it is in the stack's bucket, "
                  + bucket
                  + "; or allow it by a policy of yours, --parameter InstancePolicyArn=ARN."));
    } else if (uri.isPresent() && READ.contains(key) && !mayRead(uri.get())) {
      problems.add(unread(tree, uri.get()));
    }
    tree.children().forEach((name, child) -> look(child, name, problems));
    tree.elements().forEach(element -> look(element, key, problems));
  }

  private static ImportException unread(Tree place, String uri) {
    return place.problem(
        uri + " is in a bucket that the stack's cluster may not read",
        "The stack allows one bucket besides its own, --parameter SourceBucketName=NAME and"
            + " SourcePrefix=FOLDER/; allow others by a policy of yours, --parameter"
            + " InstancePolicyArn=ARN.");
  }

  private boolean mayWrite(String uri) {
    return S3Uri.of(uri).bucket().equals(bucket);
  }

  private boolean mayRead(String uri) {
    S3Uri place = S3Uri.of(uri);
    return mayWrite(uri) || place.bucket().equals(source) && (place.key() + "/").startsWith(prefix);
  }
}
