package io.dynaload.emr;

import java.util.List;

/**
 * A place on S3.
 *
 * @param key what its objects' keys begin with; may have wildcards
 */
record S3Uri(String bucket, String key) {
  static S3Uri of(String uri) {
    String[] parts = uri.replaceFirst("^[a-z0-9]+://", "").split("/", 2);
    return new S3Uri(parts[0], parts.length < 2 ? "" : parts[1]);
  }

  /** The longest folder that all are in, with its slash, and that has no wildcard; or nothing. */
  static String commonPrefix(List<S3Uri> uris) {
    String common = uris.get(0).key;
    for (S3Uri uri : uris) {
      int same = 0;
      while (same < Math.min(common.length(), uri.key.length())
          && common.charAt(same) == uri.key.charAt(same)) {
        same++;
      }
      common = common.substring(0, same);
    }
    String plain = common.split("[*?\\[{]", 2)[0];
    return plain.substring(0, plain.lastIndexOf('/') + 1);
  }
}
