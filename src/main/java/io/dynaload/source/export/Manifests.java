package io.dynaload.source.export;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads manifests, and compares them with the checksums beside them, if there are any. */
final class Manifests {
  /** Some hundred bytes for each of the export's files. */
  private static final long MAX_BYTES = 512L << 20;

  /** As documented, and as found. */
  private static final List<String> CHECKSUMS = List.of(".md5", ".checksum");

  private Manifests() {}

  static String read(Storage storage, StoredObject manifest, boolean verify) throws IOException {
    if (manifest.size() > MAX_BYTES) {
      throw ManifestJson.wrong(manifest.uri(), "has " + manifest.size() + " bytes: too many");
    }
    byte[] bytes;
    try (InputStream in = storage.open(manifest, 0)) {
      bytes = in.readAllBytes();
    }
    if (verify) {
      check(storage, manifest, bytes);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void check(Storage storage, StoredObject manifest, byte[] bytes)
      throws IOException {
    String uri = manifest.uri();
    String stem = uri.endsWith(".json") ? uri.substring(0, uri.length() - 5) : uri;
    String md5 = md5(bytes);
    for (String suffix : CHECKSUMS) {
      Optional<StoredObject> file = storage.find(stem + suffix);
      if (file.isPresent() && file.get().size() < 100) {
        String expected = read(storage, file.get(), false).strip();
        // What is no MD5 in base64 says nothing that could be compared.
        if (expected.matches("[A-Za-z0-9+/]{22}==") && !expected.equals(md5)) {
          throw new ImportException(
              ErrorCode.SOURCE,
              uri + " has the MD5 " + md5 + ", but " + file.get().uri() + " says " + expected,
              "The manifest was changed or damaged: copy the export anew, or set"
                  + " source.verify-checksums: false.");
        }
      }
    }
  }

  private static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has MD5", e);
    }
  }
}
