package io.dynaload.source.lindorm;

import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;

/** How values become attributes, where there is a choice. */
record TypesConfig() implements Serializable {
  static final TypesConfig DEFAULTS = new TypesConfig();
  static final Keys KEYS = Keys.of();

  static TypesConfig of(Section section) {
    return DEFAULTS;
  }
}
