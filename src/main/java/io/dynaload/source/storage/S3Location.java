package io.dynaload.source.storage;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;

/**
 * A bucket and what stands behind it: a key, a prefix of keys or a pattern.
 *
 * @param key as it is, nothing escaped; may be empty
 */
record S3Location(String bucket, String key) {
  static final String SCHEME = "s3://";

  static S3Location of(String uri) {
    int slash = uri.indexOf('/', SCHEME.length());
    String bucket = uri.substring(SCHEME.length(), slash < 0 ? uri.length() : slash);
    if (bucket.isEmpty()) {
      throw new ImportException(
          ErrorCode.CONFIGURATION, uri + " names no bucket", "Write s3://bucket/key.");
    }
    return new S3Location(bucket, slash < 0 ? "" : uri.substring(slash + 1));
  }

  /** The uri of an object in the same bucket. */
  String uri(String otherKey) {
    return SCHEME + bucket + "/" + otherKey;
  }
}
