package io.dynaload.local.lindormserver;

/** How a condition confines one column: to one value, from below, from above. */
record Bounds(boolean equal, boolean lower, boolean upper) {
  static final Bounds EQUAL = new Bounds(true, true, true);
  static final Bounds RANGE = new Bounds(false, true, true);
  static final Bounds LOWER = new Bounds(false, true, false);
  static final Bounds UPPER = new Bounds(false, false, true);

  /** Both hold. */
  Bounds and(Bounds other) {
    return new Bounds(equal || other.equal, lower || other.lower, upper || other.upper);
  }

  /** One of the two holds; two single values are no longer one. */
  Bounds or(Bounds other) {
    return new Bounds(false, lower && other.lower, upper && other.upper);
  }

  boolean oneSided() {
    return lower != upper;
  }

  boolean confines() {
    return lower || upper;
  }
}
