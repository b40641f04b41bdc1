package io.dynaload.source;

import io.dynaload.config.Keys;
import io.dynaload.config.Section;

/**
 * Makes the sources of one {@code type:}. Found by {@link java.util.ServiceLoader}; an
 * implementation has a public constructor without arguments and no state.
 */
public interface SourceFactory {
  /** The value of {@code source.type} that names it. */
  String type();

  /** Every key that its section may have, {@code type} left out. */
  Keys keys();

  /**
   * Reads the section, which has been checked against {@link #keys()}. Opens no connection.
   *
   * @throws io.dynaload.error.ImportException where values contradict one another
   */
  ImportSource create(Section section);
}
