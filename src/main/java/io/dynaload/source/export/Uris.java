package io.dynaload.source.export;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the files of an export may be, as uris. */
final class Uris {
  private static final Pattern S3_BUCKET = Pattern.compile("(s3://[^/]+)/.*");

  /** The folder that DynamoDB makes below the prefix of an export. */
  private static final Pattern EXPORTS_FOLDER = Pattern.compile("(?:^|.*/)AWSDynamoDB/(.*)");

  private Uris() {}

  /** What stands before the last slash. */
  static String parent(String uri) {
    int slash = uri.lastIndexOf('/');
    return slash < 0 ? uri : uri.substring(0, slash);
  }

  static String name(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  /**
   * The places that a key of a manifest can mean, the likeliest first: in the bucket's root, then
   * where it lies from the manifest's folder on, because exports are copied, with or without their
   * prefix, and because keys do not always carry it. The data of an incremental export lie beside
   * its folder, those of a full one within.
   *
   * @param manifest the manifest's uri
   */
  static List<String> of(String manifest, String key) {
    String folder = parent(manifest);
    Set<String> places = new LinkedHashSet<>();
    Matcher bucket = S3_BUCKET.matcher(manifest);
    if (bucket.matches()) {
      places.add(bucket.group(1) + "/" + key);
    }
    Matcher below = EXPORTS_FOLDER.matcher(key);
    if (below.matches()) {
      places.add(parent(folder) + "/" + below.group(1));
    }
    places.add(folder + "/data/" + name(key));
    places.add(parent(folder) + "/data/" + name(key));
    places.add(folder + "/" + name(key));
    return new ArrayList<>(places);
  }
}
