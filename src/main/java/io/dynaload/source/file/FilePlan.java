package io.dynaload.source.file;

import io.dynaload.source.format.RecordFormat.Splitting;
import io.dynaload.source.storage.Compression;
import io.dynaload.source.storage.Expectation;
import io.dynaload.source.storage.FileSplit;
import io.dynaload.source.storage.FileSplitPlanner;
import io.dynaload.source.storage.FileToRead;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the files of a configuration and cuts them into splits. Immutable. */
final class FilePlan {
  private final FileConfig config;

  FilePlan(FileConfig config) {
    this.config = config;
  }

  /** Every file that a path names, each once, by name. */
  List<StoredObject> find(Storage storage) throws IOException {
    Map<String, StoredObject> found = new TreeMap<>();
    for (String path : config.paths()) {
      storage.list(path).forEach(object -> found.put(object.uri(), object));
    }
    return List.copyOf(found.values());
  }

  /**
   * @param firstId number of the first split
   */
  List<FileSplit> splits(List<StoredObject> objects, int parallelism, long firstId) {
    List<FileToRead> files = new ArrayList<>();
    for (StoredObject object : objects) {
      files.add(file(object));
    }
    return FileSplitPlanner.plan(files, splitting(), parallelism, firstId);
  }

  FileToRead file(StoredObject object) {
    Compression compression =
        switch (config.compression()) {
          case BY_EXTENSION -> Compression.ofName(object.name());
          case NONE -> Compression.NONE;
          case GZ -> Compression.GZIP;
          case ZSTD -> Compression.ZSTD;
          case BZ2 -> Compression.BZIP2;
        };
    return new FileToRead(object, object.uri(), compression, Expectation.NONE);
  }

  private Splitting splitting() {
    return config.keepOrder() ? Splitting.NONE : config.format().records().splitting();
  }
}
