package io.dynaload.pipeline;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Small texts in the folders of runs, on any file system that Flink knows. */
final class RunFiles {
  private RunFiles() {}

  static String read(Path file) throws IOException {
    try (InputStream in = file.getFileSystem().open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes a file that is not there yet. */
  static void write(Path file, String text) throws IOException {
    write(file, text, FileSystem.WriteMode.NO_OVERWRITE);
  }

  /** Writes a file in the place of one that may be there. A reader may see half of it. */
  static void replace(Path file, String text) throws IOException {
    write(file, text, FileSystem.WriteMode.OVERWRITE);
  }

  private static void write(Path file, String text, FileSystem.WriteMode mode) throws IOException {
    try (OutputStream out = file.getFileSystem().create(file, mode)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The same, whole or not at all, for what cannot be had again. */
  static void writeWhole(Path file, String text) throws IOException {
    Path beside = file.suffix(".part");
    replace(beside, text);
    if (!file.getFileSystem().rename(beside, file)) {
      throw new IOException(beside + " cannot be renamed");
    }
  }

  /** The folders in a folder; none where it is not there. */
  static List<Path> children(Path path) throws IOException {
    List<Path> children = new ArrayList<>();
    try {
      FileStatus[] statuses = path.getFileSystem().listStatus(path);
      for (FileStatus child : statuses == null ? new FileStatus[0] : statuses) {
        if (child.isDir()) {
          children.add(child.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return children;
  }

  static Optional<FileStatus> status(Path file) throws IOException {
    try {
      return Optional.ofNullable(file.getFileSystem().getFileStatus(file));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
