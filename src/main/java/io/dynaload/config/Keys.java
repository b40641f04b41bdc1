package io.dynaload.config;

import java.util.List;

/** The keys that a section may have, in the order of the manual. */
public final class Keys {
  public static Keys of(Key<?>... keys) {
    throw new UnsupportedOperationException();
  }

  public List<Key<?>> list() {
    throw new UnsupportedOperationException();
  }
}
