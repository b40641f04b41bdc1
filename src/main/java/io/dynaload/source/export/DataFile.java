package io.dynaload.source.export;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a line of {@code manifest-files.json} says.
 *
 * @param key in the bucket that was exported to
 * @param md5 of the file as stored, base64; null where the line does not tell
 */
record DataFile(String key, long items, @Nullable String md5) {
  /**
   * @param tagIsMd5 whether the tag of an object that was uploaded in one part is its MD5, as it is
   *     unless KMS encrypts the object
   */
  static DataFile of(ManifestJson line, boolean tagIsMd5) {
    Optional<String> md5 = line.findText("md5Checksum");
    return new DataFile(
        line.text("dataFileS3Key"),
        line.count("itemCount"),
        md5.or(() -> tagIsMd5 ? line.findText("etag").flatMap(DataFile::md5OfTag) : md5)
            .orElse(null));
  }

  private static Optional<String> md5OfTag(String tag) {
    String hex = tag.replace("\"", "");
    return hex.matches("[0-9a-fA-F]{32}")
        ? Optional.of(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)))
        : Optional.empty();
  }
}
