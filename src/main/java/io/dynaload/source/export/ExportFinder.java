package io.dynaload.source.export;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.storage.Compression;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out which kind of export a path leads to. */
final class ExportFinder {
  private static final String SUMMARY = "manifest-summary.json";
  private static final String FILES = "manifest-files.json";
  private static final String LEGACY_MANIFEST = "manifest";

  /** How the lines of native exports begin. */
  private static final List<String> NATIVE =
      List.of("{\"Item\"", "{\"Metadata\"", "{\"Keys\"", "$ion_1_0");

  private static final int SHOWN = 5;

  private ExportFinder() {}

  /**
   * @param path of a folder, a manifest or a data file
   * @throws ImportException if it leads to no export, or to several
   */
  static Export find(Storage storage, String path) throws IOException {
    boolean isFolder = path.endsWith("/") || path.matches("s3://[^/]*");
    if (!isFolder) {
      Optional<StoredObject> file = storage.find(path);
      if (file.isPresent()) {
        return ofFile(storage, file.get());
      }
    }
    String folder = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    Optional<StoredObject> summary = storage.find(folder + "/" + SUMMARY);
    if (summary.isPresent()) {
      return NativeExport.of(storage, summary.get());
    }
    Optional<StoredObject> manifest = storage.find(folder + "/" + LEGACY_MANIFEST);
    if (manifest.isPresent()) {
      return LegacyExport.ofManifest(storage, manifest.get());
    }
    return ofFolder(storage, folder);
  }

  private static Export ofFile(Storage storage, StoredObject file) throws IOException {
    return switch (file.name()) {
      case SUMMARY -> NativeExport.of(storage, file);
      case FILES -> find(storage, Uris.parent(file.uri()) + "/");
      case LEGACY_MANIFEST -> LegacyExport.ofManifest(storage, file);
      default -> withoutManifest(storage, file.uri(), List.of(file));
    };
  }

  private static Export ofFolder(Storage storage, String folder) throws IOException {
    if (storage.find(folder + "/_started").isPresent()) {
      throw noExport(
          "The export in " + folder + " is not complete: it was started and has no " + SUMMARY,
          "Wait until DynamoDB says that it is completed, or copy it whole.");
    }
    List<StoredObject> files = storage.list(folder + "/");
    if (files.isEmpty()) {
      throw noExport("There is no export at " + folder, "Name its folder, or its manifest.");
    }
    List<String> exports =
        files.stream()
            .filter(file -> file.name().equals(SUMMARY))
            .map(file -> Uris.parent(file.uri()))
            .toList();
    if (!exports.isEmpty()) {
      throw noExport(
          folder + " is no export, but a folder that has " + exports.size() + " in it",
          "Name one of them, or several with paths: "
              + Stream.concat(
                      exports.stream().limit(SHOWN),
                      exports.size() > SHOWN ? Stream.of("…") : Stream.of())
                  .collect(Collectors.joining(", ")));
    }
    return withoutManifest(storage, folder + "/", files);
  }

  private static Export withoutManifest(Storage storage, String path, List<StoredObject> files)
      throws IOException {
    for (StoredObject file : files) {
      String start = start(storage, file);
      if (NATIVE.stream().anyMatch(start::startsWith)) {
        throw noExport(
            path + " holds data of an export, but no manifest",
            "Name the folder with " + SUMMARY + ". The manifest says which files belong to it.");
      }
      if (!start.isEmpty()) {
        break;
      }
    }
    return LegacyExport.withoutManifest(path);
  }

  /** How a file begins, without white space; empty if there is nothing else. */
  private static String start(Storage storage, StoredObject file) throws IOException {
    try (InputStream stored = storage.open(file, 0);
        InputStream in = Compression.ofName(file.name()).decompress(stored, file.uri())) {
      return new String(in.readNBytes(1024), StandardCharsets.UTF_8).strip().replace(" ", "");
    }
  }

  private static ImportException noExport(String problem, String remedy) {
    return new ImportException(ErrorCode.CONFIGURATION, problem, remedy);
  }
}
