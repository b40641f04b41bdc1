package io.dynaload.config;

import java.nio.file.Path;

/**
 * Where a value was written: a file, line and column (from 1), or an override of the command line
 * (line 0).
 */
record Place(String source, int line, int column) {
  static Place override(String path) {
    return new Place("--set " + path, 0, 0);
  }

  boolean isOverride() {
    return line == 0;
  }

  /** The folder that the file is in; for an override, the current one. Absolute. */
  Path folder() {
    Path parent = isOverride() ? null : Path.of(source).toAbsolutePath().getParent();
    return parent == null ? Path.of("").toAbsolutePath() : parent;
  }

  /** What stands before a message about {@code path}: {@code x.yaml:12 source.table: }. */
  String prefix(String path) {
    if (path.isEmpty() || (isOverride() && source.equals("--set " + path))) {
      return this + ": ";
    }
    return this + " " + Masked.text(path) + ": ";
  }

  @Override
  public String toString() {
    return isOverride() ? source : source + ":" + line;
  }
}
