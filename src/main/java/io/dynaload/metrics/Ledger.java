package io.dynaload.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The account of a run: every item that came in, and what became of it. The equation is {@code read
 * + fannedOut = written + deleted + filtered + superseded + skipped + rejected + pending}; pending
 * is what the job had read and not yet settled when it was interrupted, and 0 at the end of a whole
 * run.
 */
public final class Ledger {
  private static final List<Count> INCOME = List.of(Count.READ, Count.FANNED_OUT);

  /** What can become of an item, in the order of the summary. */
  static final List<Count> OUTCOMES =
      List.of(
          Count.WRITTEN,
          Count.DELETED,
          Count.FILTERED,
          Count.SUPERSEDED,
          Count.SKIPPED,
          Count.REJECTED);

  private final Map<Count, Long> counts;
  private final boolean whole;
  private final boolean partsBalance;

  private Ledger(Map<Count, Long> counts, boolean whole, boolean partsBalance) {
    this.counts = counts;
    this.whole = whole;
    this.partsBalance = partsBalance;
  }

  /** The ledger of a run that came to its end: nothing may be pending. */
  public static Ledger ofWholeRun(Map<Count, Long> counts) {
    return new Ledger(completed(counts), true, true);
  }

  /** The ledger of a run that was interrupted or failed. */
  public static Ledger ofInterruptedRun(Map<Count, Long> counts) {
    return new Ledger(completed(counts), false, true);
  }

  /**
   * The ledger of several runs together. It is of a whole run if each is, and balanced only if each
   * is: what one lost, another that has it twice does not make good.
   */
  static Ledger ofAll(List<Ledger> parts) {
    Map<Count, Long> sum = new EnumMap<>(Count.class);
    for (Ledger part : parts) {
      part.counts.forEach((count, items) -> sum.merge(count, items, Long::sum));
    }
    return new Ledger(
        completed(sum),
        parts.stream().allMatch(part -> part.whole),
        parts.stream().allMatch(Ledger::balanced));
  }

  private static Map<Count, Long> completed(Map<Count, Long> counts) {
    Map<Count, Long> all = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      all.put(count, counts.getOrDefault(count, 0L));
    }
    return Collections.unmodifiableMap(all);
  }

  /** All of them. */
  public Map<Count, Long> counts() {
    return counts;
  }

  public long get(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  /** Items of which it is known what became of them. */
  public long settled() {
    return sum(OUTCOMES);
  }

  /** Items that came in and are not accounted for; negative if more came out than in. */
  public long pending() {
    return sum(INCOME) - settled();
  }

  /** Items that came in, as far as is known: when readers have ended, what came out tells. */
  public long seen() {
    return Math.max(sum(INCOME), settled());
  }

  /** Whether the equation holds: nothing pending at the end, and never more out than in. */
  public boolean balanced() {
    return partsBalance && (whole ? pending() == 0 : pending() >= 0);
  }

  private long sum(List<Count> summands) {
    return summands.stream().mapToLong(this::get).sum();
  }
}
