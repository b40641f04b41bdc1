package io.dynaload.source.format;

/**
 * A part of a file, and how far it has been read: everything that a checkpoint has to keep.
 *
 * @param unit names the file, or the part of it, the same at every run; the {@code unit} of the
 *     items' origins. Parts of one file need units of their own, because numbers begin anew in each
 * @param end no record that begins at this offset or behind it belongs to the part
 * @param offset where reading goes on, in decompressed bytes
 * @param number what {@link RecordCursor#number()} was at the offset, 0 if the part is to be read
 *     from its beginning
 */
public record FilePart(String unit, long end, long offset, long number) {
  public static FilePart whole(String unit) {
    return new FilePart(unit, Long.MAX_VALUE, 0, 0);
  }

  /** The part between two offsets, unread. */
  public static FilePart between(String unit, long start, long end) {
    return new FilePart(unit, end, start, 0);
  }

  /** The same part, read up to where a cursor stands. */
  public FilePart readTo(long newOffset, long newNumber) {
    return new FilePart(unit, end, newOffset, newNumber);
  }

  /**
   * Whether a record may have begun before the offset and reach beyond it, which then belongs to
   * the part before.
   */
  boolean mayBeginWithinARecord() {
    return offset > 0 && number == 0;
  }
}
