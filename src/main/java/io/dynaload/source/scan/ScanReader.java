package io.dynaload.source.scan;

import io.dynaload.source.bounded.LeasingConnector.Place;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the segments of a split side by side. Of each segment one page is asked for, or is there
 * and waits to be taken; the next one is asked for when it is taken. So as many pages are in memory
 * as a split has segments, besides those that have been handed on; a page has at most 1 MB of
 * items.
 *
 * <p>Calls and their answers have a thread of their own ({@link ScanThread}), which never waits;
 * the caller's takes the pages from it.
 */
final class ScanReader implements PageReader<ScanSplit> {
  private final ScanConnector connector;
  private final Place place;
  private @Nullable Opened opened;
  private volatile @Nullable SplitReading reading;

  private record Opened(ScanThread thread, ScanService service, TableScans tables) {}

  ScanReader(ScanConnector connector, Place place) {
    this.connector = connector;
    this.place = place;
  }

  @Override
  public void open(ScanSplit split) {
    Opened calls = opened == null ? openCalls() : opened;
    opened = calls;
    SplitReading last = reading;
    if (last != null) {
      last.giveUp();
    }
    ScanBody body = new ScanBody(split.table(), connector.config().query(), split.position());
    SplitReading begun = new SplitReading(split, body, calls.tables(), calls.thread());
    reading = begun;
    begun.start();
  }

  private Opened openCalls() {
    ScanThread thread = new ScanThread(this::failed);
    ScanService service = ScanService.open(connector.config().aws());
    return new Opened(thread, service, new TableScans(connector, place, service, thread));
  }

  private void failed(RuntimeException failure) {
    SplitReading now = reading;
    if (now != null) {
      now.failed(failure);
    }
  }

  @Override
  public Optional<Page<ScanSplit>> nextPage() throws InterruptedException {
    SplitReading now = reading;
    if (now == null) {
      throw new IllegalStateException("No split is open");
    }
    return now.next();
  }

  @Override
  public void close() {
    SplitReading last = reading;
    if (last != null) {
      last.giveUp();
    }
    if (opened != null) {
      opened.thread().execute(opened.tables()::close);
      opened.thread().close();
      opened.service().close();
    }
  }
}
