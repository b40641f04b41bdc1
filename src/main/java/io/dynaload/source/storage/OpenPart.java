package io.dynaload.source.storage;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.source.format.RecordCursor;
import io.dynaload.source.format.RecordFormat;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A part of a split that is being read. Not thread-safe. */
final class OpenPart implements Closeable {
  private final SplitPart part;
  private final PartBytes bytes;
  private final RecordCursor cursor;
  private long records;

  OpenPart(Storage storage, RecordFormat format, SplitPart part) throws IOException {
    this.part = part;
    this.bytes = new PartBytes(storage, part);
    this.cursor = format.open(bytes, part.position());
    this.records = part.records();
  }

  /** The next item; null at the part's end, once it turned out to be what was expected. */
  @Nullable Item next() throws IOException {
    Item item = cursor.next();
    if (item != null) {
      records++;
      return item;
    }
    if (part.position().end() == Long.MAX_VALUE) {
      bytes.readToEnd();
    }
    check();
    return null;
  }

  private void check() {
    String uri = part.object().uri();
    long expected = part.expected().records();
    if (expected >= 0 && records != expected) {
      throw mismatch(uri + " holds " + records + " records, not the " + expected + " expected");
    }
    String md5 = bytes.md5();
    if (md5 != null && !md5.equals(part.expected().md5())) {
      throw mismatch(
          uri + " has the MD5 " + md5 + ", not the " + part.expected().md5() + " expected");
    }
  }

  private static ImportException mismatch(String problem) {
    return new ImportException(
        ErrorCode.SOURCE,
        problem,
        "The file is not the one that the manifest speaks of, or was damaged: copy it anew.");
  }

  /** Where reading goes on. */
  long offset() {
    return cursor.offset();
  }

  long number() {
    return cursor.number();
  }

  @Override
  public void close() throws IOException {
    cursor.close();
  }
}
