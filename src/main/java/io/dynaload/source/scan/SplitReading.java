package io.dynaload.source.scan;

import io.dynaload.source.bounded.Page;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one split. Its methods are for the thread that takes the pages; calls are made and
 * answered in the scan's.
 */
final class SplitReading {
  private final TableScans tables;
  private final ScanThread thread;
  private final ScanBody body;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private volatile boolean givenUp;

  private ScanSplit split;

  /** Segments that are not read to their end. */
  private int open;

  /** What a call led to: a page of the segment at an index, or a failure. */
  private record Arrival(
      int index, @Nullable ScanAnswer answer, @Nullable RuntimeException failure) {}

  SplitReading(ScanSplit split, ScanBody body, TableScans tables, ScanThread thread) {
    this.split = split;
    this.body = body;
    this.tables = tables;
    this.thread = thread;
  }

  void start() {
    for (int index = 0; index < split.segments().size(); index++) {
      if (!split.segments().get(index).done()) {
        open++;
        ask(index);
      }
    }
  }

  /** The next page, of any segment; waits for it. Empty once all segments are read. */
  Optional<Page<ScanSplit>> next() throws InterruptedException {
    if (open == 0) {
      return Optional.empty();
    }
    Arrival arrival = arrivals.take();
    ScanAnswer answer = arrival.answer();
    if (answer == null) {
      givenUp = true;
      throw arrival.failure() == null ? new IllegalStateException() : arrival.failure();
    }
    ScanSplit before = split;
    split = ScanPage.after(before, arrival.index(), answer);
    if (split.segments().get(arrival.index()).done()) {
      open--;
    } else {
      ask(arrival.index());
    }
    return Optional.of(new ScanPage(before, arrival.index(), answer));
  }

  private void ask(int index) {
    PacedScans.Request request =
        new PacedScans.Request(body, split.unit(index), split.segments().get(index), split.total());
    String table = split.table();
    thread.execute(() -> tables.of(table).read(request, new Receiver(index)));
  }

  private final class Receiver implements PacedScans.Receiver {
    private final int index;

    Receiver(int index) {
      this.index = index;
    }

    @Override
    public boolean isWanted() {
      return !givenUp;
    }

    @Override
    public void read(ScanAnswer answer) {
      arrivals.add(new Arrival(index, answer, null));
    }

    @Override
    public void failed(RuntimeException failure) {
      SplitReading.this.failed(failure);
    }
  }

  /** Whoever waits for a page learns of it. Called by any thread. */
  void failed(RuntimeException failure) {
    arrivals.add(new Arrival(-1, null, failure));
  }

  /** Nothing more is done for it. Called by any thread. */
  void giveUp() {
    givenUp = true;
  }
}
