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
    Optional<String> md5 = line.findText("md5Checksum").map(text -> md5(text, line));
    return new DataFile(
        line.text("dataFileS3Key"),
        line.count("itemCount"),
        md5.or(() -> tagIsMd5 ? line.findText("etag").flatMap(DataFile::md5OfHex) : md5)
            .orElse(null));
  }

  /** Base64, as DynamoDB writes it; in hexadecimal, as other tools do. */
  private static String md5(String text, ManifestJson line) {
    if (text.matches("[A-Za-z0-9+/]{22}==")) {
      return text;
    }
    return md5OfHex(text)
        .orElseThrow(() -> line.wrong("has an md5Checksum that is no MD5: " + text));
  }

  /** Nothing for the tag of an object that was uploaded in several parts, which is no MD5. */
  private static Optional<String> md5OfHex(String text) {
    String hex = text.replace("\"", "");
    return hex.matches("[0-9a-fA-F]{32}")
        ? Optional.of(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)))
        : Optional.empty();
  }
}
