package io.dynaload.bench;

import io.dynaload.item.Item;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Lets items pass, counts them, and measures at even distances what the heap holds after a garbage
 * collection. What it found is the JVM's, so one job at a time may use it, at parallelism 1.
 */
final class LiveHeap implements MapFunction<Item, Item> {
  private static final long serialVersionUID = 1L;
  private static final AtomicLong ROWS = new AtomicLong();
  private static final AtomicLong PEAK = new AtomicLong();

  private final long every;

  LiveHeap(long every) {
    this.every = every;
    ROWS.set(0);
    PEAK.set(0);
  }

  static long rows() {
    return ROWS.get();
  }

  static double peakMegabytes() {
    return PEAK.get() / 1e6;
  }

  @Override
  public Item map(Item item) {
    if (ROWS.incrementAndGet() % every == 0) {
      System.gc();
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      PEAK.accumulateAndGet(used, Math::max);
    }
    return item;
  }
}
