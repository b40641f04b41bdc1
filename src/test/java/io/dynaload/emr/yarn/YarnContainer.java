package io.dynaload.emr.yarn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of Flink in a container of YARN.
 *
 * @param application its id
 * @param role what the process is for
 */
record YarnContainer(String application, Role role, ProcessHandle process) {
  /** What runs in a container. */
  enum Role {
    APPLICATION_MASTER("org.apache.flink.yarn.entrypoint."),
    TASK_MANAGER("org.apache.flink.yarn.YarnTaskExecutorRunner");

    private final String main;

    Role(String main) {
      this.main = main;
    }
  }

  private static final Pattern LOG_FILE =
      Pattern.compile("\u0000-Dlog\\.file=[^\u0000]*/(application_\\d+_\\d+)/");

  /** Empty for the shell that stands before the process, and for what has ended. */
  static Optional<YarnContainer> of(ProcessHandle process) {
    String command;
    try {
      command = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    } catch (IOException ended) {
      return Optional.empty();
    }
    Matcher logFile = LOG_FILE.matcher(command);
    if (!logFile.find()) {
      return Optional.empty();
    }
    for (Role role : Role.values()) {
      if (command.contains("\u0000" + role.main)) {
        return Optional.of(new YarnContainer(logFile.group(1), role, process));
      }
    }
    return Optional.empty();
  }

  /** As by {@code kill -9}; returns when it has ended. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
