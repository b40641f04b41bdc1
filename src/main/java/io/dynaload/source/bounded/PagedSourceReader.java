package io.dynaload.source.bounded;

import io.dynaload.item.Item;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;

/**
 * Emits the items of one subtask. It asks for a split exactly when it holds none, which is what
 * {@link SplitDesk} builds on; after a restore at a lower parallelism it may hold several, and
 * reads them all before it asks. A checkpoint holds each split at its last emitted item. What the
 * connector's reader holds open is kept from one split to the next and closed with this.
 *
 * <p>At most four pages are in memory: one being emitted, one ready, one whose items are being made
 * or that waits for its place, one being loaded.
 */
public final class PagedSourceReader<SplitT extends SourceSplit>
    extends SingleThreadMultiplexSourceReaderBase<
        PageCursor<SplitT>, Item, SplitT, SplitProgress<SplitT>> {

  private final PageLoader<SplitT> loader;
  private final Consumer<SourceEvent> events;

  public PagedSourceReader(PageReader<SplitT> pages, SourceReaderContext context) {
    this(pages, event -> {}, context);
  }

  /**
   * @param events takes what the enumerator sends, in the task's thread
   */
  PagedSourceReader(
      PageReader<SplitT> pages, Consumer<SourceEvent> events, SourceReaderContext context) {
    this(new PageLoader<>(pages), events, context);
  }

  private PagedSourceReader(
      PageLoader<SplitT> loader, Consumer<SourceEvent> events, SourceReaderContext context) {
    super(
        () -> new PagedSplitReader<>(loader),
        PagedSourceReader::emit,
        onePageAhead(context.getConfiguration()),
        context);
    this.loader = loader;
    this.events = events;
  }

  static <SplitT> void emit(
      PageCursor<SplitT> cursor, SourceOutput<Item> output, SplitProgress<SplitT> progress) {
    if (cursor.hasItem()) {
      output.collect(cursor.item());
    }
    progress.emitted(cursor);
  }

  private static Configuration onePageAhead(Configuration configuration) {
    Configuration copy = new Configuration(configuration);
    copy.set(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, 1);
    return copy;
  }

  @Override
  public void start() {
    requestSplitIfIdle();
  }

  @Override
  protected void onSplitFinished(Map<String, SplitProgress<SplitT>> finished) {
    requestSplitIfIdle();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    events.accept(event);
  }

  private void requestSplitIfIdle() {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  /** Ends the reading of a page, if one is being loaded, and then lets go of its connection. */
  @Override
  public void close() throws Exception {
    try {
      super.close();
    } finally {
      loader.close();
    }
  }

  @Override
  protected SplitProgress<SplitT> initializedState(SplitT split) {
    return new SplitProgress<>(split);
  }

  @Override
  protected SplitT toSplitType(String splitId, SplitProgress<SplitT> progress) {
    return progress.split();
  }
}
