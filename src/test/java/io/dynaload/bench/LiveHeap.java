package io.dynaload.bench;

import io.dynaload.item.Item;
import java.lang.management.ManagementFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Lets items pass, counts them, and measures at even distances what the heap holds after a garbage
 * collection. What it found is the JVM's, so one job at a time may use it, at parallelism 1.
 */
final class LiveHeap implements MapFunction<Item, Item> {
  private static final long serialVersionUID = 1L;
  private static final AtomicLong ROWS = new AtomicLong();
  private static final Queue<Long> USED = new ConcurrentLinkedQueue<>();

  private final long every;

  LiveHeap(long every) {
    this.every = every;
    ROWS.set(0);
    USED.clear();
  }

  static long rows() {
    return ROWS.get();
  }

  /** The median: single values depend on how much of a page is being read just then. */
  static double megabytes() {
    return SinkBench.median(USED.stream().mapToDouble(bytes -> bytes / 1e6).toArray());
  }

  static double peakMegabytes() {
    return USED.stream().mapToDouble(bytes -> bytes / 1e6).max().orElseThrow();
  }

  @Override
  public Item map(Item item) {
    if (ROWS.incrementAndGet() % every == 0) {
      System.gc();
      USED.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return item;
  }
}
