package io.dynaload.transform;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;

/**
 * Which attributes of an item a transform may add, remove or give another value. What is not among
 * them is, in what comes out, as it was in the one item that it was made of, and no other item was
 * made of that one.
 */
public final class Changes {
  public static final Changes NONE = new Changes(Set.of(), false);

  /** Of a transform that may do anything, such as to make several items of one. */
  public static final Changes ALL = new Changes(Set.of(), true);

  private final Set<String> attributes;
  private final boolean all;

  private Changes(Set<String> attributes, boolean all) {
    this.attributes = attributes;
    this.all = all;
  }

  public static Changes of(String... attributes) {
    return new Changes(Set.of(attributes), false);
  }

  /** Whether none of these attributes is changed. */
  public boolean spare(Collection<String> names) {
    return !all && Collections.disjoint(attributes, names);
  }

  @Override
  public String toString() {
    return all ? "all attributes" : "attributes " + attributes;
  }
}
