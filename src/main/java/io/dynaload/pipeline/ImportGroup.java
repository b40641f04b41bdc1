package io.dynaload.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.RunReport;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run of several imports of a file, over all the commands that it takes to bring them to their
 * end:
 *
 * <pre>
 * DIRECTORY/FILE'S-NAME/RUN/imports          the names of the imports that it began with
 * DIRECTORY/FILE'S-NAME/RUN/NAME.done.json   of an import that is done: what it is, and its report
 * DIRECTORY/FILE'S-NAME/RUN/NAME/…           the checkpoints of an import, as of a single one
 * </pre>
 *
 * So one that begins anew knows nothing of an earlier one. Thread-safe.
 */
public final class ImportGroup {
  private static final Logger LOG = LoggerFactory.getLogger(ImportGroup.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IMPORTS = "imports";
  private static final String DONE = ".done.json";

  private final Path run;

  private ImportGroup(Path run) {
    this.run = run;
  }

  /** Begins anew. */
  public static ImportGroup begin(ImportsFile file, Instant now) {
    Path run = new Path(folder(file), Checkpoints.runName(now));
    try {
      run.getFileSystem().mkdirs(run);
      RunFiles.write(new Path(run, IMPORTS), String.join("\n", file.imports().keySet()) + "\n");
    } catch (IOException e) {
      throw unusable(run, e);
    }
    return new ImportGroup(run);
  }

  /**
   * Goes on with a run.
   *
   * @param what {@code latest}, or the path of a run
   * @throws ImportException (CONFIGURATION) if there is none
   */
  public static ImportGroup resume(ImportsFile file, String what) {
    if (what.equals("latest")) {
      return latest(file)
          .orElseThrow(
              () ->
                  new ImportException(
                      ErrorCode.CONFIGURATION,
                      "--resume latest: there is nothing to go on from below " + folder(file),
                      "Check pipeline.name and pipeline.checkpoint.directory, or start anew without"
                          + " --resume."));
    }
    Path run = FileSystems.path(what);
    try {
      if (RunFiles.status(new Path(run, IMPORTS)).isEmpty()) {
        throw new ImportException(
            ErrorCode.CONFIGURATION,
            "--resume " + what + ": it is no run of several imports",
            "Name a folder with a file \"" + IMPORTS + "\" in it, or say --resume latest.");
      }
    } catch (IOException e) {
      throw unusable(run, e);
    }
    return new ImportGroup(run);
  }

  /** The newest run that there is anything to go on from in. */
  public static Optional<ImportGroup> latest(ImportsFile file) {
    Path folder = folder(file);
    try {
      return RunFiles.children(folder).stream()
          .sorted(Comparator.comparing(Path::getName).reversed())
          .map(ImportGroup::new)
          .filter(group -> group.isBegun(file))
          .findFirst();
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static Path folder(ImportsFile file) {
    // They share the section pipeline, and may differ in its values: the first one's folder counts.
    ImportFile any = file.imports().values().iterator().next();
    return new Path(FileSystems.path(any.pipeline().checkpoint().directory()), file.name());
  }

  private boolean isBegun(ImportsFile file) {
    try {
      return RunFiles.status(new Path(run, IMPORTS)).isPresent()
          && file.imports().values().stream().anyMatch(this::isBegun);
    } catch (IOException e) {
      throw unusable(run, e);
    }
  }

  private boolean isBegun(ImportFile each) {
    return isDone(each) || PreparedImport.checkpointsOf(within(each)).latest().isPresent();
  }

  private boolean isDone(ImportFile each) {
    try {
      return RunFiles.status(doneFile(each)).isPresent();
    } catch (IOException e) {
      throw unusable(run, e);
    }
  }

  /** An import of the file as part of this run: its checkpoints are in the run's folder. */
  public ImportFile within(ImportFile each) {
    return each.in(run.toString());
  }

  /**
   * How an import ended that is done.
   *
   * @throws ImportException (CONFIGURATION) if it was another import than the file describes now
   */
  public Optional<RunReport> done(ImportFile each) {
    Path file = doneFile(each);
    try {
      if (RunFiles.status(file).isEmpty()) {
        return Optional.empty();
      }
      JsonNode json = JSON.readTree(RunFiles.read(file));
      each.identity()
          .mustEqual(JobIdentity.ofJson(json.path("import").toString()), file.toString());
      return Optional.of(RunReport.ofJson(json.path("report")));
    } catch (IOException e) {
      throw unusable(run, e);
    }
  }

  /** Writes down that an import is done, so that no command does it again. */
  public void markDone(ImportFile each, RunReport report) {
    try {
      ObjectNode json = JSON.createObjectNode();
      json.set("import", JSON.readTree(each.identity().toJson()));
      json.set("report", report.toJson());
      RunFiles.writeWhole(doneFile(each), json + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw unusable(run, e);
    }
  }

  private Path doneFile(ImportFile each) {
    return new Path(run, each.pipeline().folder() + DONE);
  }

  /** Whether all that the run began with, and all of the file, are done. */
  private boolean isWhole(ImportsFile file) throws IOException {
    for (ImportFile each : file.imports().values()) {
      if (!isDone(each)) {
        return false;
      }
    }
    for (String name : RunFiles.read(new Path(run, IMPORTS)).lines().toList()) {
      if (RunFiles.status(new Path(run, name + DONE)).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Clears away what nobody goes on from: all runs of these imports once they are done, and a run
   * in which nothing was begun.
   *
   * @return whether there is something left to go on from
   */
  public boolean tidy(ImportsFile file) {
    try {
      if (isWhole(file)) {
        String imports = RunFiles.read(new Path(run, IMPORTS));
        for (Path other : RunFiles.children(folder(file))) {
          Path names = new Path(other, IMPORTS);
          if (RunFiles.status(names).isPresent() && RunFiles.read(names).equals(imports)) {
            other.getFileSystem().delete(other, true);
          }
        }
        return false;
      }
      if (!isBegun(file)) {
        run.getFileSystem().delete(run, true);
        return false;
      }
    } catch (IOException | ImportException e) {
      LOG.warn("The checkpoints of finished imports could not be removed", e);
    }
    return true;
  }

  private static ImportException unusable(Path folder, IOException e) {
    return Checkpoints.unusable(folder, e);
  }

  /** Where it is, as {@code --resume} takes it. */
  @Override
  public String toString() {
    return run.toString();
  }
}
