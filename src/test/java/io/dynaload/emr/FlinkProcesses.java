package io.dynaload.emr;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * A JobManager, a TaskManager and the command {@code flink} as processes with the libraries of a
 * version of Flink and no others; the build gathers them. Jobs' jars are loaded as Flink does by
 * default: apart from its own, and before them.
 */
final class FlinkProcesses implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;

  private final Path folder;
  private final Path libraries;
  private final List<Process> processes = new ArrayList<>();

  private FlinkProcesses(Path folder, Path libraries) {
    this.folder = folder;
    this.libraries = libraries;
  }

  static FlinkProcesses start(Path folder, Path libraries) throws Exception {
    FlinkProcesses flink = new FlinkProcesses(folder, libraries);
    Files.writeString(folder.resolve("config.yaml"), flink.settings());
    for (Class<?> server :
        List.of(StandaloneSessionClusterEntrypoint.class, TaskManagerRunner.class)) {
      flink.processes.add(flink.launch(server, "--configDir", folder.toString()));
    }
    return flink;
  }

  private String settings() throws IOException {
    return """
    jobmanager.rpc.address: 127.0.0.1
    jobmanager.rpc.port: %d
    jobmanager.bind-host: 127.0.0.1
    rest.address: 127.0.0.1
    rest.bind-address: 127.0.0.1
    rest.port: %d
    execution.target: remote
    taskmanager.host: 127.0.0.1
    taskmanager.bind-host: 127.0.0.1
    taskmanager.numberOfTaskSlots: 2
    taskmanager.cpu.cores: 1
    taskmanager.memory.task.heap.size: 160m
    taskmanager.memory.task.off-heap.size: 0m
    taskmanager.memory.managed.size: 16m
    taskmanager.memory.network.min: 32m
    taskmanager.memory.network.max: 32m
    taskmanager.memory.framework.heap.size: 64m
    taskmanager.memory.framework.off-heap.size: 64m
    taskmanager.memory.jvm-metaspace.size: 128m
    taskmanager.memory.jvm-overhead.min: 64m
    taskmanager.memory.jvm-overhead.max: 64m
    taskmanager.memory.segment-size: 8k
    classloader.resolve-order: child-first
    pekko.startup-timeout: 2 min
    io.tmp.dirs: %s
    """
        .formatted(freePort(), freePort(), folder);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** {@code flink run}: the exit code of a job's program, with the jar that has it. */
  int run(Path jar, Class<?> program, String... arguments)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> all = new ArrayList<>(List.of("run", "-c", program.getName(), jar.toString()));
    all.addAll(Arrays.asList(arguments));
    Process command = launch(CliFrontend.class, all.toArray(String[]::new));
    processes.add(command);
    if (!command.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The job does not end\n" + logs());
    }
    return command.exitValue();
  }

  private Process launch(Class<?> main, String... arguments)
      throws IOException, URISyntaxException {
    Path logging =
        Path.of(
            Objects.requireNonNull(
                    FlinkProcesses.class.getResource("/emr-node/servers-log4j.properties"))
                .toURI());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dlog4j2.configurationFile=" + logging,
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED",
                "-cp",
                libraries + "/*",
                main.getName()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("FLINK_CONF_DIR", folder.toString());
    process.environment().put("FLINK_PLUGINS_DIR", folder.resolve("no-plugins").toString());
    return process
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(main.getSimpleName() + ".log").toFile())
        .start();
  }

  /** What the processes have printed, for a test that fails. */
  String logs() {
    StringBuilder logs = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".log")).sorted().toList()) {
        logs.append("==> ").append(file).append('\n').append(Files.readString(file)).append('\n');
      }
    } catch (IOException e) {
      logs.append(e);
    }
    return logs.toString();
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }
}
