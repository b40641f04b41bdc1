package io.dynaload.source.bounded;

import org.jspecify.annotations.Nullable;

/**
 * How far a reader has emitted a split. The position is worked out only when a checkpoint asks, so
 * an item costs two assignments. Used by the task thread only.
 */
final class SplitProgress<SplitT> {
  private final SplitT start;
  private @Nullable Page<SplitT> page;
  private int index;

  SplitProgress(SplitT start) {
    this.start = start;
  }

  void emitted(PageCursor<SplitT> cursor) {
    page = cursor.page();
    index = cursor.index();
  }

  /** The split at the position after the last emitted item, and the pages without any behind it. */
  SplitT split() {
    return page == null ? start : page.splitAfter(index);
  }
}
