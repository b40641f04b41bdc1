package io.dynaload.source.bounded;

import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.jspecify.annotations.Nullable;

/** What one fetch hands over: a page of a split, the end of a split, or nothing. */
final class PageRecords<SplitT> implements RecordsWithSplitIds<PageCursor<SplitT>> {
  private final Set<String> finished;
  private final @Nullable PageCursor<SplitT> cursor;
  private @Nullable String splitId;

  private PageRecords(
      @Nullable String splitId, @Nullable PageCursor<SplitT> cursor, Set<String> finished) {
    this.splitId = splitId;
    this.cursor = cursor;
    this.finished = finished;
  }

  static <SplitT> PageRecords<SplitT> of(String splitId, Page<SplitT> page) {
    return new PageRecords<>(splitId, new PageCursor<>(page), Set.of());
  }

  static <SplitT> PageRecords<SplitT> finished(String splitId) {
    return new PageRecords<>(null, null, Set.of(splitId));
  }

  static <SplitT> PageRecords<SplitT> nothing() {
    return new PageRecords<>(null, null, Set.of());
  }

  @Override
  public @Nullable String nextSplit() {
    String next = splitId;
    splitId = null;
    return next;
  }

  @Override
  public @Nullable PageCursor<SplitT> nextRecordFromSplit() {
    return cursor != null && cursor.advance() ? cursor : null;
  }

  @Override
  public Set<String> finishedSplits() {
    return finished;
  }
}
