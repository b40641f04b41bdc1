package io.dynaload.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.core.fs.Path;

/**
 * The folder of one run of several imports: which texts stand in it beside the folders of the
 * imports, and what they say; {@link ImportGroup} shows it. How they are read and written is {@link
 * RunFiles}' business. What cannot be is an {@link ImportException} (CONFIGURATION).
 *
 * <p>No name of an import has a dot, so none is taken for one of these.
 */
record GroupFolder(Path path) {
  private static final String NAMES = "imports.json";
  private static final String DONE = ".done.json";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The folders of such runs in a folder, the newest first. */
  static List<GroupFolder> in(Path folder) {
    try {
      return RunFiles.children(folder).stream()
          .sorted(Comparator.comparing(Path::getName).reversed())
          .map(GroupFolder::new)
          .filter(GroupFolder::isThere)
          .toList();
    } catch (IOException e) {
      throw Checkpoints.unusable(folder, e);
    }
  }

  /** Whether it is the folder of such a run. */
  boolean isThere() {
    return isThere(NAMES);
  }

  private boolean isThere(String name) {
    try {
      return RunFiles.status(new Path(path, name)).isPresent();
    } catch (IOException e) {
      throw Checkpoints.unusable(path, e);
    }
  }

  /** The names of the imports that belong to the run, in the order in which they came to it. */
  Set<String> names() {
    Path file = new Path(path, NAMES);
    Set<String> names = new LinkedHashSet<>();
    try {
      JsonNode json = JSON.readTree(RunFiles.read(file));
      if (json.path("version").asInt() != VERSION) {
        throw new IOException("version " + json.path("version") + " is not known here");
      }
      json.path("imports").forEach(name -> names.add(name.asText()));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return names;
  }

  /** Makes it, or adds imports to it. */
  void add(Collection<String> names) {
    Set<String> all = isThere() ? names() : new LinkedHashSet<>();
    if (all.addAll(names)) {
      ObjectNode json = JSON.createObjectNode().put("version", VERSION);
      all.forEach(json.putArray("imports")::add);
      write(new Path(path, NAMES), json + "\n");
    }
  }

  void markDone(String name, DoneImport done) {
    write(doneFile(name), done.toJson());
  }

  private void write(Path file, String text) {
    try {
      RunFiles.write(file, text);
    } catch (IOException e) {
      throw Checkpoints.unusable(path, e);
    }
  }

  boolean isDone(String name) {
    return isThere(name + DONE);
  }

  /** What was done; empty of one that is not. */
  Optional<DoneImport> done(String name) {
    if (!isDone(name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(DoneImport.ofJson(RunFiles.read(doneFile(name))));
    } catch (IOException e) {
      throw unreadable(doneFile(name), e);
    }
  }

  /** Where it is written that an import is done. */
  Path doneFile(String name) {
    return new Path(path, name + DONE);
  }

  /** Whether an import is done, or has come to where it can go on from. */
  boolean isBegun(String name) {
    return isDone(name)
        || checkpoints(name).latest().isPresent()
        || checkpoints(name).finished().isPresent();
  }

  /** What was imported by a name: one import, unless the file was changed and refused. */
  Set<JobIdentity> identities(String name) {
    Set<JobIdentity> identities = new HashSet<>(checkpoints(name).identities());
    done(name).map(DoneImport::identity).ifPresent(identities::add);
    return identities;
  }

  private Checkpoints checkpoints(String name) {
    return new Checkpoints(path.toString(), name);
  }

  /** Removes it, with all that is in it. */
  void remove() {
    try {
      path.getFileSystem().delete(path, true);
    } catch (IOException e) {
      throw Checkpoints.unusable(path, e);
    }
  }

  private static ImportException unreadable(Path file, IOException e) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        file + " cannot be read: " + e.getMessage(),
        "Put back what was there, or remove the folder " + file.getParent() + ".",
        e);
  }
}
