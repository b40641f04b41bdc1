package io.dynaload.source.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * Files and ranges of files that are read together, a page of each in turn, and how far each has
 * been read.
 *
 * @param splitId no two splits of a run have the same
 */
public record FileSplit(String splitId, List<SplitPart> parts) implements SourceSplit {
  public FileSplit {
    parts = List.copyOf(parts);
  }

  /** The uris of its files, one for each part. */
  public Stream<String> files() {
    return parts.stream().map(part -> part.object().uri());
  }

  /** The uris of the files that it has only ranges of, one for each range. */
  public Stream<String> cutFiles() {
    return parts.stream()
        .filter(part -> part.position().end() != Long.MAX_VALUE)
        .map(part -> part.object().uri());
  }

  FileSplit with(int index, SplitPart part) {
    List<SplitPart> changed = new ArrayList<>(parts);
    changed.set(index, part);
    return new FileSplit(splitId, changed);
  }
}
