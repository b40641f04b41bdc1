package io.dynaload.source.export;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.source.storage.StorageConfig;
import java.io.Serializable;
import java.util.List;

/**
 * What the file says of exports.
 *
 * @param paths of one export, or of those of a chain in any order; local ones are absolute
 * @param verify whether counts and checksums are compared with the manifests'
 */
record ExportConfig(List<String> paths, boolean verify, StorageConfig storage)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Key<String> PATH =
      Key.text("path")
          .example("s3://bucket/prefix/AWSDynamoDB/01693685827463-2d8752fd/")
          .describedAs(
              "Folder of the export, or its manifest: `s3://…`, `file://…`, or a path that begins at"
                  + " this file's folder.");
  static final Key<List<String>> PATHS =
      Key.texts("paths")
          .defaultsTo(List.of())
          .describedAs(
              "In place of path: a full export and the incremental ones that follow it, or these"
                  + " alone, in any order. They are imported in the order of their times.");
  static final Key<Boolean> VERIFY_CHECKSUMS =
      Key.flag("verify-checksums")
          .changeable()
          .defaultsTo(true)
          .describedAs(
              "Compare each file's MD5 and number of items, and their sum, with the manifests; a"
                  + " difference ends the run.");

  static final Keys KEYS = Keys.of(PATH, PATHS, VERIFY_CHECKSUMS).and(StorageConfig.KEYS);

  static ExportConfig of(Section section) {
    List<String> several = section.get(PATHS);
    if (section.has(PATH) == section.has(PATHS)) {
      throw section.problem(
          section.has(PATHS) ? PATHS : PATH,
          section.has(PATH) ? "stands beside path" : "is missing",
          "Name one export with path, or those of a chain with paths.");
    }
    if (section.has(PATHS) && several.isEmpty()) {
      throw section.problem(PATHS, "names no export", "Name at least one.");
    }
    Key<?> named = section.has(PATH) ? PATH : PATHS;
    List<String> paths =
        section.find(PATH).map(List::of).orElse(several).stream()
            .map(path -> located(section, named, path))
            .toList();
    return new ExportConfig(paths, section.get(VERIFY_CHECKSUMS), StorageConfig.from(section));
  }

  private static String located(Section section, Key<?> key, String path) {
    return path.isBlank() || path.matches("[A-Za-z][A-Za-z0-9+.-]*://.*")
        ? path
        : section.folder(key).resolve(path).toAbsolutePath().normalize().toString();
  }
}
