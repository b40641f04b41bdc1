package io.dynaload.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A reference that stands in a file, {@code ${scheme:name}}, whatever the key.
 *
 * @param place where it stands
 * @param scheme such as {@code secretsmanager}
 */
public record SecretReference(Tree place, String scheme, String name) {
  /** Every well-formed reference in a part of a file, in its order. */
  public static List<SecretReference> in(Tree tree) {
    List<SecretReference> found = new ArrayList<>();
    collect(tree, found);
    return found;
  }

  private static void collect(Tree tree, List<SecretReference> found) {
    tree.text()
        .flatMap(Reference::parse)
        .ifPresent(
            reference ->
                found.add(
                    new SecretReference(
                        tree,
                        reference.scheme().name().toLowerCase(Locale.ROOT),
                        reference.name())));
    tree.children().values().forEach(child -> collect(child, found));
    tree.elements().forEach(element -> collect(element, found));
  }
}
