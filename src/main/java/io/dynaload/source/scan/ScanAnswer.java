package io.dynaload.source.scan;

import io.dynaload.item.Item;
import java.util.List;

/**
 * A page of a segment.
 *
 * @param items in their order; those that a filter left out are missing
 * @param lastKey the key to go on behind, as JSON; "" at the segment's end
 * @param units read units that it cost; {@link #UNTOLD} if the answer does not tell
 * @param scanned items that the service looked at, those that it left out included
 */
record ScanAnswer(List<Item> items, String lastKey, double units, int scanned) {
  static final double UNTOLD = -1;

  boolean tellsUnits() {
    return units != UNTOLD;
  }
}
