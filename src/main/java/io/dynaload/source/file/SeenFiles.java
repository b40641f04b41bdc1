package io.dynaload.source.file;

import io.dynaload.source.storage.StoredObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which files were imported, sixteen bytes each: the MD5 of a file's uri, tag and size. A file that
 * is written anew is another file. Not thread-safe.
 */
final class SeenFiles {
  /** The halves of an MD5. */
  record Mark(long high, long low) implements Comparable<Mark> {
    static Mark of(StoredObject object) {
      byte[] text =
          (object.uri() + "\0" + object.tag() + "\0" + object.size())
              .getBytes(StandardCharsets.UTF_8);
      try {
        ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(text));
        return new Mark(digest.getLong(), digest.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every JDK has MD5", e);
      }
    }

    @Override
    public int compareTo(Mark other) {
      int byHigh = Long.compareUnsigned(high, other.high);
      return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }
  }

  private Set<Mark> marks;

  SeenFiles(Collection<Mark> marks) {
    this.marks = new HashSet<>(marks);
  }

  boolean contains(StoredObject object) {
    return marks.contains(Mark.of(object));
  }

  /**
   * Takes in those that are imported now, and forgets those that are no longer there, so that this
   * never grows beyond what is.
   *
   * @param listed all that are there
   */
  void update(Collection<StoredObject> listed, Collection<StoredObject> imported) {
    Set<Mark> kept = new HashSet<>();
    for (StoredObject object : listed) {
      Mark mark = Mark.of(object);
      if (marks.contains(mark)) {
        kept.add(mark);
      }
    }
    imported.forEach(object -> kept.add(Mark.of(object)));
    marks = kept;
  }

  /** In a fixed order. */
  List<Mark> marks() {
    return marks.stream().sorted().toList();
  }
}
