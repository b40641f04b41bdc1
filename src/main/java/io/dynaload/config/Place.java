package io.dynaload.config;

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

  /** What stands before a message about {@code path}: {@code x.yaml:12 source.table: }. */
  String prefix(String path) {
    if (path.isEmpty() || (isOverride() && source.equals("--set " + path))) {
      return this + ": ";
    }
    return this + " " + path + ": ";
  }

  @Override
  public String toString() {
    return isOverride() ? source : source + ":" + line;
  }
}
