package io.dynaload.metrics;

import java.util.EnumMap;
import java.util.Map;

/**
 * What an import has done at one moment, whoever watches it.
 *
 * @param counts of the whole import so far: those before its restarts, before the checkpoint that
 *     it goes on from, and of the steps that are done included. A restart may set them back to its
 *     checkpoint
 * @param progress the part of the source that is done, 0 to 1; NaN of one without an end
 * @param estimatedItems how many items the source has, about; 0 if nobody knows
 * @param writeLimit write units a second that are in force, of the whole job; NaN or 0 if that is
 *     not known
 * @param isWhole whether the counts of every subtask are in it. While the job begins, and after a
 *     restart, some have not been heard of yet
 */
public record RunFigures(
    Map<Count, Long> counts,
    double progress,
    long estimatedItems,
    double writeLimit,
    boolean isWhole) {
  /** An estimate is never all of it. */
  private static final double MOST_BY_ESTIMATE = 0.99;

  /** Of a job that nothing is known of yet. */
  public static final RunFigures NONE = new RunFigures(Map.of(), 0, 0, Double.NaN, false);

  /**
   * The figures of an import of several steps, of which these are the running one's. Steps count
   * alike in its progress, however much each has to do.
   *
   * @param before what the steps that are done counted
   * @param done how many these are
   * @param of all of them
   */
  public RunFigures asStep(Map<Count, Long> before, int done, int of) {
    Map<Count, Long> sum = new EnumMap<>(Count.class);
    sum.putAll(counts);
    before.forEach((count, items) -> sum.merge(count, items, Long::sum));
    return new RunFigures(
        sum, (done + progress) / of, of == 1 ? estimatedItems : 0, writeLimit, isWhole);
  }

  /**
   * These, but no count and no part of the source below what was so before: that a restart sets a
   * job back undoes nothing which it has done.
   */
  public RunFigures atLeast(RunFigures before) {
    Map<Count, Long> most = new EnumMap<>(Count.class);
    most.putAll(counts);
    before.counts.forEach((count, items) -> most.merge(count, items, Math::max));
    return new RunFigures(
        most, Math.max(progress, before.progress), estimatedItems, writeLimit, isWhole);
  }

  /** Items of which it is known what became of them. */
  public long settled() {
    return Ledger.ofInterruptedRun(counts).settled();
  }

  /**
   * The part that is done, 0 to 1; NaN of a source without an end. It is the source's, less what
   * has been read and not settled; where the number of its items is known, about, the part of them
   * that has been read counts if it is more.
   */
  public double done() {
    if (Double.isNaN(progress)) {
      return Double.NaN;
    }
    // The readers' counts may go with them when they end, a little before the writers.
    long read = Math.max(count(Count.READ) + count(Count.FANNED_OUT), settled());
    double byEstimate =
        estimatedItems == 0
            ? 0
            : Math.min(MOST_BY_ESTIMATE, (double) count(Count.READ) / estimatedItems);
    double part = Math.max(Math.max(0, Math.min(1, progress)), byEstimate);
    return read == 0 ? 0 : part * ((double) settled() / read);
  }

  private long count(Count count) {
    return counts.getOrDefault(count, 0L);
  }
}
