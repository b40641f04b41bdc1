package io.dynaload.source.storage;

import io.dynaload.source.format.FilePart;

/**
 * A file or a range of one, and how far it has been read.
 *
 * @param records that were emitted of it
 * @param done whether it has been read to its end, and was what was expected
 */
record SplitPart(
    StoredObject object,
    Compression compression,
    Expectation expected,
    FilePart position,
    long records,
    boolean done) {
  static SplitPart unread(FileToRead file, FilePart position) {
    return new SplitPart(file.object(), file.compression(), file.expected(), position, 0, false);
  }

  SplitPart readTo(long offset, long number, long newRecords) {
    return new SplitPart(
        object, compression, expected, position.readTo(offset, number), newRecords, false);
  }

  SplitPart asDone() {
    return new SplitPart(object, compression, expected, position, records, true);
  }
}
