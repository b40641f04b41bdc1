package io.dynaload.source.export;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StoredObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Finds files that may be in one of several places, many at a time: an export has thousands, and
 * each costs a request or two.
 */
final class DataFinder {
  private static final int THREADS = 16;

  private final Storage storage;

  /** Which of the places was right the last time: the others' files are mostly in the same. */
  private volatile int likeliest;

  DataFinder(Storage storage) {
    this.storage = storage;
  }

  /**
   * @param places of each file
   * @return one a file, in their order; null for one that is in none of its places
   */
  List<StoredObject> findAll(List<List<String>> places) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<StoredObject>> asked = new ArrayList<>();
      for (List<String> each : places) {
        asked.add(threads.submit(() -> find(each)));
      }
      List<StoredObject> found = new ArrayList<>();
      for (Future<StoredObject> each : asked) {
        found.add(result(each));
      }
      return found;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T result(Future<T> asked) throws IOException {
    try {
      return asked.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Finding the export's files was given up");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    }
  }

  private StoredObject find(List<String> places) throws IOException {
    int first = likeliest;
    for (int i = 0; i < places.size(); i++) {
      int place = (first + i) % places.size();
      var found = storage.find(places.get(place));
      if (found.isPresent()) {
        likeliest = place;
        return found.get();
      }
    }
    throw new ImportException(
        ErrorCode.SOURCE,
        "A data file of the export is missing: there is no " + String.join(", no ", places),
        "Copy the export whole, with its folders, or name the place that it was exported to.");
  }
}
