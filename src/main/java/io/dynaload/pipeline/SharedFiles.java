package io.dynaload.pipeline;

import io.dynaload.config.ConfigFile;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Import files that all nodes of a cluster can read. */
public final class SharedFiles {
  private static final String PUBLISHING =
      ImportFile.PIPELINE.name() + "." + PipelineConfig.CLOUDWATCH.name() + "=true";

  private SharedFiles() {}

  /**
   * Reads a file, with the overrides in it. If it does not say otherwise, its imports publish their
   * figures: on a cluster that is how they are watched.
   *
   * @param file on a file system that Flink knows here
   * @throws ImportException with everything that is wrong, each with its place
   */
  public static ImportsFile read(String file, List<String> overrides) {
    String text = text(file);
    boolean saysSo =
        ConfigFile.parse(file, text, overrides)
            .child(ImportFile.PIPELINE.name())
            .flatMap(pipeline -> pipeline.child(PipelineConfig.CLOUDWATCH.name()))
            .isPresent();
    List<String> all = new ArrayList<>(overrides);
    if (!saysSo) {
      all.add(PUBLISHING);
    }
    return ImportsFile.parse(file, text, all);
  }

  private static String text(String file) {
    checkShared(file, "--file", "Upload it, and name it there: s3://BUCKET/FILE.yaml.");
    try {
      return RunFiles.read(FileSystems.path(file));
    } catch (FileNotFoundException e) {
      throw new ImportException(
          ErrorCode.CONFIGURATION, file + ": no such file", "Check the path.", e);
    } catch (IOException e) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          file + ": cannot be read: " + e.getMessage(),
          "Let the cluster's nodes read it.",
          e);
    }
  }

  /**
   * @throws ImportException if one of the folders of an import is one that its nodes do not share
   */
  public static void checkFolders(ImportFile file) {
    checkShared(
        file.pipeline().checkpoint().directory(),
        "pipeline.checkpoint.directory",
        "Name a folder of theirs: s3://BUCKET/checkpoints.");
    checkShared(
        file.pipeline().deadLetters().directory(),
        "pipeline.dead-letters.directory",
        "Name a folder of theirs: s3://BUCKET/dead-letters.");
  }

  /** With {@code file://} somebody says that it is shared: a mounted file system. */
  private static void checkShared(String path, String what, String remedy) {
    if (!path.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*")) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          what + ": " + path + " is on one node, where the others cannot reach it",
          remedy);
    }
  }
}
