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

  /** At most, before a page has been read: what the table tells may be hours old. */
  private static final int FIRST_ITEMS = 20;

  /** An item of 4 KB, where the table does not tell. */
  private static final double LIKELY_UNITS = 0.5;

  private static final double WEIGHT_OF_A_PAGE = 0.3;

  /** Of items that are read eventually consistently. */
  private static final double BYTES_OF_A_UNIT = 8192;

  private final double wholePage;
  private double unitsOfAnItem;
  private boolean learned;

  /**
   * @param itemBytes of an item, as the table's estimates tell it; 0 if they do not
   */
  ReadCosts(boolean consistent, double itemBytes) {
    int price = consistent ? 2 : 1;
    wholePage = UNITS_OF_A_WHOLE_PAGE * price;
    unitsOfAnItem = itemBytes > 0 ? itemBytes / BYTES_OF_A_UNIT * price : LIKELY_UNITS;
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
    double items = Math.max(1, units / unitsOfAnItem);
    return (int) (learned ? items : Math.min(FIRST_ITEMS, items));
  }

  /**
   * What a page is likely to cost.
   *
   * @param items as {@link #items} says
   */
  long units(int items) {
    double likely = items == 0 ? wholePage : Math.min(wholePage, items * unitsOfAnItem);
    return Math.max(1, Math.round(likely));
  }

  void learn(int items, double units) {
    if (items > 0 && units > 0) {
      double ofThis = units / items;
      unitsOfAnItem += (ofThis - unitsOfAnItem) * (learned ? WEIGHT_OF_A_PAGE : 1);
      learned = true;
    }
  }
}
