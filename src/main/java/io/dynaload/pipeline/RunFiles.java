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

/**
 * Reads and writes small texts on any file system that Flink knows. Which of them stand in the
 * folders of runs, and what they say, is the business of {@link RunFolder} and {@link GroupFolder}.
 */
final class RunFiles {
  private RunFiles() {}

  static String read(Path file) throws IOException {
    try (InputStream in = file.getFileSystem().open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Writes a file, with the folders on the way to it, in the place of one that may be there: whole
   * or not at all, whenever the process ends, and whoever reads it meanwhile.
   */
  static void write(Path file, String text) throws IOException {
    if (FileSystems.isObjectStore(file)) {
      put(file, text); // It is there once it is whole, and could be renamed only by copying it.
      return;
    }
    Path part = file.suffix(".part");
    put(part, text);
    if (!file.getFileSystem().rename(part, file)) {
      throw new IOException(part + " cannot be renamed");
    }
  }

  private static void put(Path file, String text) throws IOException {
    try (OutputStream out = file.getFileSystem().create(file, FileSystem.WriteMode.OVERWRITE)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
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
