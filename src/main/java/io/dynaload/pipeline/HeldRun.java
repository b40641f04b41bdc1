package io.dynaload.pipeline;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.RunFigures;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that another process does, an application master ({@link ApplicationRun}), as the process
 * sees it that waits for its end: through the run's folder, on a file system that both reach.
 */
public final class HeldRun {
  private static final Logger LOG = LoggerFactory.getLogger(HeldRun.class);

  private final ImportFile file;
  private final RunOrder order;
  private final RunFolder folder;
  private final RunFolder first;

  /**
   * @param first the folder of the run that this process began with
   */
  private HeldRun(ImportFile file, RunOrder order, RunFolder folder, RunFolder first) {
    this.file = file;
    this.order = order;
    this.folder = folder;
    this.first = first;
  }

  /**
   * Makes the folder of a run that is to be done.
   *
   * @param order with {@code latest}, a checkpoint's path or null as the point to go on from
   * @throws ImportException (CONFIGURATION) if there is no such point, or it is of another import
   */
  public static HeldRun begin(ImportFile file, RunOrder order, Instant now) {
    Checkpoints checkpoints = PreparedImport.checkpointsOf(file);
    ResumePoint from =
        order.resumeFrom() == null ? null : checkpoints.resume(order.resumeFrom(), file.identity());
    RunFolder folder = new RunFolder(checkpoints.newRun(file.identity(), now));
    try {
      if (from != null) {
        folder.goesOn(from);
      }
      return ordered(file, order.from(from == null ? null : from.toString()), folder, folder);
    } catch (RuntimeException e) {
      checkpoints.remove(folder.path());
      throw e;
    }
  }

  /** The newest run, if that has come to the import's end and nobody has heard of it yet. */
  public static Optional<HeldRun> finished(ImportFile file, RunOrder order) {
    return PreparedImport.checkpointsOf(file)
        .finished()
        .filter(folder -> folder.identity().equals(file.identity()))
        .map(folder -> new HeldRun(file, order, folder, folder));
  }

  /**
   * Asks whoever holds the newest run of an import to begin no further application of it, and to
   * stop the one that it is about to begin.
   *
   * @return whether there is a run that somebody may hold
   */
  public static boolean askToStop(ImportFile file) {
    Optional<RunFolder> run = PreparedImport.checkpointsOf(file).underWay();
    run.ifPresent(RunFolder::stop);
    return run.isPresent();
  }

  private static HeldRun ordered(
      ImportFile file, RunOrder order, RunFolder folder, RunFolder first) {
    folder.order(order);
    return new HeldRun(file, order, folder, first);
  }

  /** The run of the step that comes next, whose folder the one before has made. */
  public HeldRun next(String nextFolder) {
    return ordered(file, order.from(null), new RunFolder(new Path(nextFolder)), first);
  }

  /** Whether somebody has asked for the end of the import. */
  public boolean isToStop() {
    try {
      return first.isToStop();
    } catch (IOException e) {
      LOG.warn("Whether the import is to be stopped cannot be read from {}", first.path(), e);
      return false;
    }
  }

  /** Its folder, which is what its application has to know. */
  public String folder() {
    return folder.path().toString();
  }

  public ImportFile file() {
    return file;
  }

  /** Where it goes on from. */
  public Optional<String> resumesFrom() {
    return Optional.ofNullable(order.resumeFrom());
  }

  /** Where the import has come to, by this run or an earlier one. */
  public Optional<String> newestPoint() {
    return PreparedImport.checkpointsOf(file).latest().map(ResumePoint::toString);
  }

  /** How far it is, as it wrote down of late; empty if it did not, or does so at the moment. */
  public Optional<RunFigures> figures() {
    try {
      return folder.figures();
    } catch (IOException e) {
      LOG.debug("How far the run is cannot be read at the moment", e);
      return Optional.empty();
    }
  }

  /** How it ended; empty if it did not say so. */
  public Optional<RunOutcome> outcome() {
    try {
      return folder.outcome();
    } catch (IOException e) {
      throw new ImportException(
          ErrorCode.INTERNAL,
          "How the run ended cannot be read from " + folder.path() + ": " + e.getMessage(),
          "The application's log says the same.",
          e);
    }
  }

  /** Clears away the folders of all runs of the import, once it is done. */
  public void clear() {
    try {
      PreparedImport.checkpointsOf(file).removeAll(file.identity());
    } catch (ImportException e) {
      LOG.warn("The checkpoints of the finished import could not be removed", e);
    }
  }

  /** Clears away its folder, if nobody can go on from it. */
  public void tidy() {
    try {
      if (folder.latest().isEmpty()) {
        PreparedImport.checkpointsOf(file).remove(folder.path());
      }
    } catch (IOException | ImportException e) {
      LOG.warn("The folder of the run could not be removed", e);
    }
  }

  /** What is there to go on from before a run begins anew. */
  public static Optional<String> earlier(ImportFile file) {
    @Nullable ResumePoint point = PreparedImport.checkpointsOf(file).latest().orElse(null);
    return Optional.ofNullable(point).map(ResumePoint::toString);
  }
}
