package io.dynaload.source.lindorm;

/**
 * How many rows to ask for at once. It falls to a quarter whenever a page is too slow, down to 16
 * rows, and doubles after 16 pages that were not. Each time that it has to fall, it waits twice as
 * long before it rises again, because every page that is too slow costs a whole timeout. Not
 * thread-safe.
 */
final class PageSize {
  static final int LEAST = 16;
  private static final int PATIENCE = 16;
  private static final int MOST_PATIENCE = 1_024;

  private final int most;
  private final int least;
  private int current;
  private int patience = PATIENCE;
  private int successes;

  PageSize(int most) {
    this.most = most;
    this.least = Math.min(LEAST, most);
    this.current = most;
  }

  int rows() {
    return current;
  }

  /** False if it is as small as it gets. */
  boolean shrink() {
    if (current == least) {
      return false;
    }
    current = Math.max(least, current / 4);
    patience = Math.min(MOST_PATIENCE, patience * 2);
    successes = 0;
    return true;
  }

  /** A page came in time. */
  void succeeded() {
    if (current < most && ++successes == patience) {
      current = (int) Math.min(most, 2L * current);
      successes = 0;
    }
  }
}
