package io.dynaload.transform;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which attributes of an item a transform may add, remove or give another value. What is not among
 * them is, in what comes out, as it was in the one item that it was made of, and no other item was
 * made of that one. Immutable.
 */
public final class Changes {
  public static final Changes NONE = new Changes(Set.of(), false);

  /** Of a transform that may do anything, such as to make several items of one. */
  public static final Changes ALL = new Changes(Set.of(), true);

  private final Set<String> names;

  /** Whether it is all attributes but the named ones. */
  private final boolean others;

  private Changes(Set<String> names, boolean others) {
    this.names = names;
    this.others = others;
  }

  public static Changes of(String... attributes) {
    return of(Set.of(attributes));
  }

  static Changes of(Collection<String> attributes) {
    return new Changes(Set.copyOf(attributes), false);
  }

  /** Of all attributes but these. */
  public static Changes allBut(Collection<String> attributes) {
    return new Changes(Set.copyOf(attributes), true);
  }

  /** These changes and those. */
  Changes and(Changes more) {
    if (!others && !more.others) {
      Set<String> both = new HashSet<>(names);
      both.addAll(more.names);
      return new Changes(both, false);
    }
    Set<String> spared = new HashSet<>(others ? names : more.names);
    if (others && more.others) {
      spared.retainAll(more.names);
    } else {
      spared.removeAll(others ? more.names : names);
    }
    return new Changes(spared, true);
  }

  /** Whether none of these attributes is changed. */
  public boolean spare(Collection<String> attributes) {
    return attributes.stream().allMatch(name -> others == names.contains(name));
  }

  @Override
  public String toString() {
    Set<String> sorted = new TreeSet<>(names);
    if (!others) {
      return "attributes " + sorted;
    }
    return names.isEmpty() ? "all attributes" : "all attributes but " + sorted;
  }
}
