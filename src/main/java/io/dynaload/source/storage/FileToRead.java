package io.dynaload.source.storage;

/**
 * A file that a source wants read.
 *
 * @param unit names it in the items' origins, the same at every run
 */
public record FileToRead(
    StoredObject object, String unit, Compression compression, Expectation expected) {
  /** Named by its uri, compressed as its extension says, whatever it holds. */
  public static FileToRead of(StoredObject object) {
    return new FileToRead(
        object, object.uri(), Compression.ofName(object.name()), Expectation.NONE);
  }
}
