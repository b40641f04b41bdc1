package io.dynaload.capacity;

/**
 * What calls really cost, in units for each that their items' sizes say: 2 with an index that every
 * item lands in. Keeps account of what was charged for the calls that have no answer yet. Not
 * thread-safe.
 */
final class CostRatio {
  private static final double WEIGHT_OF_A_CALL = 0.5;

  /** Beyond what twenty indexes, the most of a table, make of it. */
  private static final double MOST = 32;

  private double ratio = 1;
  private boolean learns = true;
  private double openEstimated;
  private double openCharged;

  /** Calls are charged as they are estimated. */
  static CostRatio fixed() {
    CostRatio fixed = new CostRatio();
    fixed.learns = false;
    return fixed;
  }

  /** What a call is to be charged for. */
  double of(double estimated) {
    return estimated * ratio;
  }

  void taken(double estimated, double charged) {
    openEstimated += estimated;
    openCharged += charged;
  }

  /** Ends a call of which nothing can be learned; what was charged for it. */
  double end(double estimated) {
    double charged =
        estimated >= openEstimated ? openCharged : openCharged * estimated / openEstimated;
    openEstimated = Math.max(0, openEstimated - estimated);
    openCharged -= charged;
    return charged;
  }

  /** Ends a call; what was charged for it. */
  double settled(double estimated, double consumed) {
    double charged = end(estimated);
    // A call that was taken in part cost less than its items do, and says nothing of their ratio.
    if (learns && estimated > 0 && consumed >= estimated) {
      ratio += (Math.min(MOST, consumed / estimated) - ratio) * WEIGHT_OF_A_CALL;
    }
    return charged;
  }
}
