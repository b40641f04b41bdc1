package io.dynaload.source.storage;

import io.dynaload.item.Item;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import io.dynaload.source.format.RecordFormat;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a split a page of each in turn, so that all of them are open at once, each
 * with a stream and a buffer of some 100 KB. A connection that the server cuts meanwhile is made
 * anew when its turn comes.
 *
 * <p>A compressed part that is read on from a position is decompressed from its start up to there.
 */
public final class FilePageReader implements PageReader<FileSplit> {
  private static final int PAGE_RECORDS = 500;
  private static final int PAGE_BYTES = 1 << 20;

  private final Supplier<Storage> storages;
  private final RecordFormat format;

  private @Nullable Storage storage;
  private @Nullable FileSplit split;
  private @Nullable OpenPart[] open = new OpenPart[0];
  private int turn;

  public FilePageReader(StorageConfig config, RecordFormat format) {
    this(() -> Storage.of(config), format);
  }

  FilePageReader(Supplier<Storage> storages, RecordFormat format) {
    this.storages = storages;
    this.format = format;
  }

  @Override
  public void open(FileSplit newSplit) {
    closeParts();
    if (storage == null) {
      storage = storages.get();
    }
    split = newSplit;
    open = new OpenPart[newSplit.parts().size()];
    turn = 0;
  }

  /**
   * @throws io.dynaload.error.OutageException (SOURCE) if the files cannot be reached, for longer
   *     than it was worth waiting
   */
  @Override
  public Optional<Page<FileSplit>> nextPage() throws IOException {
    try {
      return nextOfParts();
    } catch (IOException e) {
      throw StorageOutage.of(e);
    }
  }

  private Optional<Page<FileSplit>> nextOfParts() throws IOException {
    FileSplit now = split;
    if (now == null || storage == null) {
      throw new IllegalStateException("No split is open");
    }
    int passed = 0;
    while (passed < now.parts().size()) {
      int part = turn;
      turn = (turn + 1) % now.parts().size();
      if (now.parts().get(part).done()) {
        passed++;
        continue;
      }
      passed = 0;
      FilePage page = read(now, part, storage);
      if (page.size() > 0) {
        FileSplit after = page.splitAfter(page.size() - 1);
        split = open[part] == null ? after.with(part, after.parts().get(part).asDone()) : after;
        return Optional.of(page);
      }
      now = now.with(part, now.parts().get(part).asDone());
      split = now;
    }
    return Optional.empty();
  }

  /** A page of a part, which is closed at its end; an empty page is the end too. */
  private FilePage read(FileSplit now, int index, Storage from) throws IOException {
    OpenPart part = open[index];
    if (part == null) {
      part = new OpenPart(from, format, now.parts().get(index));
      open[index] = part;
    }
    FilePage page = new FilePage(now, index);
    long bytes = 0;
    while (page.size() < PAGE_RECORDS && bytes < PAGE_BYTES) {
      Item item = part.next();
      if (item == null) {
        open[index] = null;
        part.close();
        break;
      }
      page.add(item, part.offset(), part.number());
      bytes += item.json().length;
    }
    return page;
  }

  private void closeParts() {
    for (int i = 0; i < open.length; i++) {
      OpenPart part = open[i];
      open[i] = null;
      if (part != null) {
        try {
          part.close();
        } catch (IOException e) {
          // It was read only.
        }
      }
    }
  }

  @Override
  public void close() {
    closeParts();
    split = null;
    if (storage != null) {
      storage.close();
      storage = null;
    }
  }
}
