package io.dynaload.item;

/**
 * Where an item came from, the same at every run: a unit of the source (a split, a file) and the
 * position in it (a row or line number from 0, or a byte offset). Dead letters are identified by
 * it.
 */
public record Origin(String unit, long position) {
  @Override
  public String toString() {
    return unit + "@" + position;
  }
}
