package io.dynaload.source.file;

import io.dynaload.source.storage.FileSplit;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StorageOutage;
import io.dynaload.source.storage.StoredObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks for files that were not there before. A local file counts once it is as it was at the look
 * before, because it may still be written; an object of S3 is there whole or not at all. Used by
 * one thread at a time, which may block.
 */
final class FolderWatch implements AutoCloseable {
  private final FilePlan plan;
  private final Storage storage;
  private Set<StoredObject> before = Set.of();

  FolderWatch(FileConfig config) {
    this.plan = new FilePlan(config);
    this.storage = Storage.of(config.storage());
  }

  /**
   * @param listed all files that are there
   * @param added those of them that are new
   * @param splits of the new ones
   */
  record Look(List<StoredObject> listed, List<StoredObject> added, List<FileSplit> splits) {}

  Look look(SeenFiles seen, int parallelism, long firstId) throws IOException {
    List<StoredObject> listed = listed();
    List<StoredObject> added = new ArrayList<>();
    for (StoredObject object : listed) {
      boolean isWhole = object.uri().startsWith("s3://") || before.contains(object);
      if (isWhole && !seen.contains(object)) {
        added.add(object);
      }
    }
    before = Set.copyOf(listed);
    return new Look(listed, added, plan.splits(added, parallelism, firstId));
  }

  private List<StoredObject> listed() throws InterruptedIOException {
    try {
      return plan.find(storage);
    } catch (IOException e) {
      throw StorageOutage.of(e);
    }
  }

  @Override
  public void close() {
    storage.close();
  }
}
