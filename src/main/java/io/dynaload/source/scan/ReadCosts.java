package io.dynaload.source.scan;

/**
 * What pages cost, learned from those that were read, and how large a page may be so that it is but
 * a small part of a second's units: a low limit is then kept as evenly as a high one. Not
 * thread-safe.
 */
final class ReadCosts {
  /** Of 1 MB, which is the most of a page: a unit for 8 KB, or for 4 KB read consistently. */
  private static final double UNITS_OF_A_WHOLE_PAGE = 128.5;

  /** Of a job's limit. */
  private static final double PAGE_SECONDS = 0.05;

  /** While nothing is known; of items of 400 KB at most 1,000 units. */
  private static final int FIRST_ITEMS = 20;

  private static final double WEIGHT_OF_A_PAGE = 0.3;

  private final double wholePage;
  private double unitsOfAnItem;

  ReadCosts(boolean consistent) {
    wholePage = UNITS_OF_A_WHOLE_PAGE * (consistent ? 2 : 1);
  }

  /**
   * How many items a page may have.
   *
   * @param unitsASecond that the job may use
   * @return 0 for as many as the service gives
   */
  int items(double unitsASecond) {
    double units = Math.max(1, unitsASecond * PAGE_SECONDS);
    if (units >= wholePage) {
      return 0;
    }
    return unitsOfAnItem == 0 ? FIRST_ITEMS : (int) Math.max(1, units / unitsOfAnItem);
  }

  /**
   * What a page is likely to cost.
   *
   * @param items as {@link #items} says
   */
  long units(int items) {
    double likely =
        items == 0
            ? wholePage
            : Math.min(wholePage, items * (unitsOfAnItem == 0 ? 0.5 : unitsOfAnItem));
    return Math.max(1, Math.round(likely));
  }

  void learn(int items, double units) {
    if (items > 0 && units > 0) {
      double ofThis = units / items;
      unitsOfAnItem =
          unitsOfAnItem == 0 ? ofThis : unitsOfAnItem + (ofThis - unitsOfAnItem) * WEIGHT_OF_A_PAGE;
    }
  }
}
