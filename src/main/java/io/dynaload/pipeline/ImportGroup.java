package io.dynaload.pipeline;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.RunReport;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run of several imports of a file, over all the commands that it takes to bring them to their
 * end, with a {@link GroupFolder} of its own:
 *
 * <pre>
 * DIRECTORY/FILE'S-NAME/RUN/imports.json     the names of its imports
 * DIRECTORY/FILE'S-NAME/RUN/NAME.done.json   of an import that is done: its {@link DoneImport}
 * DIRECTORY/FILE'S-NAME/RUN/NAME/…           the checkpoints of an import, as of a single one
 * </pre>
 *
 * So one that begins anew knows nothing of an earlier one. Thread-safe.
 */
public final class ImportGroup {
  private static final Logger LOG = LoggerFactory.getLogger(ImportGroup.class);

  private final GroupFolder run;

  /** Of a run that is gone on with: what its imports are, each with its name; null until asked. */
  private @Nullable Map<JobIdentity, String> known;

  private ImportGroup(GroupFolder run) {
    this.run = run;
  }

  /** Begins anew. */
  public static ImportGroup begin(ImportsFile file, Instant now) {
    ImportGroup begun =
        begin(new GroupFolder(new Path(folder(file), Checkpoints.runName(now))), file);
    begun.known = Map.of();
    return begun;
  }

  private static ImportGroup begin(GroupFolder run, ImportsFile file) {
    run.add(file.imports().keySet());
    return new ImportGroup(run);
  }

  /**
   * Goes on with a run, to which imports of the file belong from now on that did not yet.
   *
   * @param what {@code latest}, or the path of a run
   * @throws ImportException (CONFIGURATION) if there is none
   */
  public static ImportGroup resume(ImportsFile file, String what) {
    if (what.equals("latest")) {
      return begin(latest(file).orElseThrow(() -> nothingToResume(file)).run, file);
    }
    GroupFolder run = new GroupFolder(FileSystems.path(what));
    if (!run.isThere()) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "--resume " + what + ": it is no run of several imports",
          "Name a folder with a file \"imports.json\" in it, or say --resume latest.");
    }
    return begin(run, file);
  }

  private static ImportException nothingToResume(ImportsFile file) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "--resume latest: there is nothing to go on from below " + folder(file),
        "Check pipeline.name and pipeline.checkpoint.directory, or start anew without --resume.");
  }

  /** The newest run of imports of the file that there is anything to go on from in. */
  public static Optional<ImportGroup> latest(ImportsFile file) {
    return all(file).filter(ImportGroup::isBegun).findFirst();
  }

  /** The newest run of imports of the file, even if there is nothing to go on from yet. */
  public static Optional<ImportGroup> newest(ImportsFile file) {
    return all(file).findFirst();
  }

  /** The newest first. */
  private static Stream<ImportGroup> all(ImportsFile file) {
    return GroupFolder.in(folder(file)).stream()
        .filter(run -> !Collections.disjoint(run.names(), file.imports().keySet()))
        .map(ImportGroup::new);
  }

  private static Path folder(ImportsFile file) {
    // The same for all of them: none may have a directory of its own.
    ImportFile any = file.imports().values().iterator().next();
    return new Path(FileSystems.path(any.pipeline().checkpoint().directory()), file.name());
  }

  private boolean isBegun() {
    return run.names().stream().anyMatch(run::isBegun);
  }

  private boolean isWhole() {
    return run.names().stream().allMatch(run::isDone);
  }

  /** An import of the file as part of this run: its checkpoints are in the run's folder. */
  public ImportFile within(ImportFile each) {
    return each.in(run.path().toString());
  }

  /**
   * How an import ended that is done.
   *
   * @throws ImportException (CONFIGURATION) if it was another import than the file describes now,
   *     or if the run knows this one by another name
   */
  public Optional<RunReport> done(ImportFile each) {
    String name = each.pipeline().folder();
    Optional<DoneImport> done = run.done(name);
    done.ifPresent(was -> each.identity().mustEqual(was.identity(), run.doneFile(name).toString()));
    if (done.isEmpty() && !run.isBegun(name)) {
      refuseOtherName(each, name);
    }
    return done.map(DoneImport::report);
  }

  /** What was renamed would be imported once more. */
  private void refuseOtherName(ImportFile each, String name) {
    String other = known().getOrDefault(each.identity(), name);
    if (!other.equals(name)) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "It is what was called " + other + " in the run " + this,
          "Call it " + other + " again to go on, or start anew without --resume.");
    }
  }

  private synchronized Map<JobIdentity, String> known() {
    if (known == null) {
      known = new HashMap<>();
      for (String name : run.names()) {
        for (JobIdentity identity : run.identities(name)) {
          known.put(identity, name);
        }
      }
    }
    return known;
  }

  /** Writes down that an import is done, so that no command does it again. */
  public void markDone(ImportFile each, RunReport report) {
    run.markDone(each.pipeline().folder(), new DoneImport(each.identity(), report));
  }

  /**
   * Clears away what nobody goes on from: all runs of these imports once they are done, and a run
   * in which nothing was begun.
   *
   * @return whether there is something left to go on from
   */
  public boolean tidy(ImportsFile file) {
    try {
      if (isWhole()) {
        List<GroupFolder> same =
            GroupFolder.in(folder(file)).stream().filter(this::isOfSame).toList();
        same.forEach(GroupFolder::remove);
        run.remove(); // It may have been moved.
        return false;
      }
      if (!isBegun()) {
        run.remove();
        return false;
      }
    } catch (ImportException e) {
      LOG.warn("The checkpoints of finished imports could not be removed", e);
    }
    return true;
  }

  /** Whether all that another run imports was imported by this one. */
  private boolean isOfSame(GroupFolder other) {
    Set<String> names = other.names();
    return run.names().containsAll(names)
        && names.stream()
            .allMatch(name -> run.identities(name).containsAll(other.identities(name)));
  }

  /** Where it is, as {@code --resume} takes it. */
  @Override
  public String toString() {
    return run.path().toString();
  }
}
