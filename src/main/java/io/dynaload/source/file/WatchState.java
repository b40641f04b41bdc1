package io.dynaload.source.file;

import io.dynaload.source.storage.FileSplit;
import java.util.List;

/**
 * What a checkpoint keeps of the enumerator. Splits that readers hold are in the readers' state.
 *
 * @param fingerprint of the configuration
 * @param nextId number of the next split
 * @param seen the files that are in a split, or were
 * @param pending splits that no reader has been given
 */
record WatchState(
    String fingerprint, long nextId, List<SeenFiles.Mark> seen, List<FileSplit> pending) {
  WatchState {
    seen = List.copyOf(seen);
    pending = List.copyOf(pending);
  }
}
