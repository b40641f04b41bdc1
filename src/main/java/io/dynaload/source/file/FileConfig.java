package io.dynaload.source.file;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.source.storage.StorageConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What the file says of a source of files. Its keys stand in one section, without groups.
 *
 * @param paths absolute or with a scheme
 * @param format as it stands in the file
 * @param keepOrder whether no file is cut into parts
 */
record FileConfig(
    List<String> paths,
    FileFormat format,
    CompressionChoice compression,
    boolean keepOrder,
    WatchConfig watch,
    StorageConfig storage)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How the files are compressed; the names stand in the file. */
  enum CompressionChoice {
    BY_EXTENSION,
    NONE,
    GZ,
    ZSTD,
    BZ2
  }

  static final Key<String> PATH =
      Key.text("path")
          .example("s3://my-bucket/in/*.csv.gz")
          .describedAs(
              "A file, a folder with all that is below it (but for names that begin with _ or a"
                  + " dot), or a pattern: `*` any characters but a slash, `**` any, `?` one, `{a,b}`"
                  + " either. On S3, `s3://bucket/key`, or local; a relative one begins at the import"
                  + " file's folder.");

  static final Key<List<String>> PATHS =
      Key.texts("paths")
          .defaultsTo(List.of())
          .example("[s3://my-bucket/a/, s3://my-bucket/b/]")
          .describedAs(
              "Several of what path is one of. A file that two of them name is read once.");

  static final Key<CompressionChoice> COMPRESSION =
      Key.choice("compression", CompressionChoice.class)
          .defaultsTo(CompressionChoice.BY_EXTENSION)
          .describedAs(
              "How the files are compressed, where their extensions (gz, zst, bz2) do not tell it.");

  static final Key<Boolean> KEEP_ORDER =
      Key.flag("keep-order")
          .defaultsTo(false)
          .describedAs(
              "Read each file by one reader, whatever its size, so that of two lines with the same"
                  + " key the later one wins also in a file of more than 32 MB that is not"
                  + " compressed.");

  static final Keys KEYS =
      Keys.of(PATH, PATHS)
          .and(FileFormat.KEYS)
          .and(COMPRESSION, KEEP_ORDER)
          .and(WatchConfig.KEYS)
          .and(StorageConfig.KEYS);

  static FileConfig of(Section section) {
    return new FileConfig(
        paths(section),
        FileFormat.of(section),
        section.get(COMPRESSION),
        section.get(KEEP_ORDER),
        WatchConfig.of(section),
        StorageConfig.from(section));
  }

  /** What must be the same for a run to go on; see {@code BoundedConnector}. */
  String fingerprint() {
    return format.name() + " of " + String.join(", ", paths);
  }

  private static List<String> paths(Section section) {
    List<String> paths = new ArrayList<>();
    section.find(PATH).ifPresent(path -> paths.add(absolute(section, PATH, path)));
    section.get(PATHS).forEach(path -> paths.add(absolute(section, PATHS, path)));
    if (section.has(PATH) == section.has(PATHS) || paths.isEmpty()) {
      throw section.problem(
          section.has(PATHS) ? PATHS : PATH,
          section.has(PATH) ? "path and paths contradict each other" : "no path is given",
          "Write either path: or paths: with at least one.");
    }
    return List.copyOf(paths);
  }

  private static String absolute(Section section, Key<?> key, String path) {
    if (path.isBlank()) {
      throw section.problem(key, "is empty", "Write a file, a folder or a pattern.");
    }
    if (path.contains("://") || path.startsWith("/")) {
      return path;
    }
    return section.folder(key) + "/" + path;
  }
}
