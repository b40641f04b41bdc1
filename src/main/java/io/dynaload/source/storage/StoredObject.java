package io.dynaload.source.storage;

/**
 * A file as it was when it was found.
 *
 * @param uri {@code s3://bucket/key}, the key as it is, or {@code file:///folder/name}
 * @param size in bytes, as stored
 * @param tag another one when the content is another: S3's entity tag; the time of the last
 *     modification of a local file
 */
public record StoredObject(String uri, long size, String tag) {
  /** What stands behind the last slash. */
  public String name() {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }
}
