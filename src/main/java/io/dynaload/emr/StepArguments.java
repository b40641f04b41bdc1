package io.dynaload.emr;

import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of an EMR step of the type CUSTOM_JAR with {@code command-runner.jar}, which runs
 * Dynaload's command {@code step} on the primary node by the node's own {@code flink}: so the class
 * path, the configuration and Hadoop are EMR's.
 *
 * <p>They are shown in EMR's console, in its logs and in the node's process list, so none of them
 * may be a secret.
 *
 * @param jar Dynaload's, {@code s3://…}
 * @param file the import file, {@code s3://…}
 * @param overrides what stands behind each {@code --set}, {@code KEY=VALUE}
 */
public record StepArguments(String jar, String file, List<String> overrides) {
  /**
   * Fetches the jar that its first argument names, and runs it with the others. EMR names the
   * primary node to itself as {@code localhost}, which ZooKeeper's clients on other nodes cannot
   * use. The last command takes the shell's place, so that what EMR signals to a step reaches it;
   * what then removes the folder is a process of its own, which waits for the end of that.
   */
  static final String SCRIPT =
      "set -eu; folder=$(mktemp -d); (trap \"\" INT TERM; tail --pid=$$ -f /dev/null; rm -rf"
          + " \"$folder\") >/dev/null 2>&1 & aws s3 cp --only-show-errors \"$1\""
          + " \"$folder/dynaload.jar\"; shift; exec flink run"
          + " -Dhigh-availability.zookeeper.quorum=\"$(hostname -f):2181\" -c io.dynaload.cli.Main"
          + " \"$folder/dynaload.jar\" \"$@\"";

  public StepArguments {
    overrides = List.copyOf(overrides);
  }

  /** Begins the import, or the imports, of the file. */
  public List<String> toImport() {
    return with(List.of());
  }

  /**
   * Goes on with them.
   *
   * @param from {@code latest}, or the path of a checkpoint, a savepoint or a run
   */
  public List<String> toResume(String from) {
    return with(List.of("--resume", from));
  }

  /** Stops those that run, each with a savepoint. */
  public List<String> toStop() {
    return with(List.of("--stop"));
  }

  private List<String> with(List<String> options) {
    List<String> arguments =
        new ArrayList<>(List.of("bash", "-c", SCRIPT, "dynaload", jar, "step", "--file", file));
    for (String override : overrides) {
      arguments.add("--set");
      arguments.add(override);
    }
    arguments.addAll(options);
    return List.copyOf(arguments);
  }
}
