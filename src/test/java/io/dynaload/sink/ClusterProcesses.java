package io.dynaload.sink;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/** A Flink cluster of processes of its own on this machine, with the test's class path. */
final class ClusterProcesses implements AutoCloseable {
  private final Path folder;
  private final int rpcPort;
  private final int restPort;
  private final List<Process> processes = new ArrayList<>();

  private ClusterProcesses(Path folder, int rpcPort, int restPort) {
    this.folder = folder;
    this.rpcPort = rpcPort;
    this.restPort = restPort;
  }

  /** Starts a JobManager and so many TaskManagers of one slot each. */
  static ClusterProcesses start(Path folder, int taskManagers) throws IOException {
    ClusterProcesses cluster = new ClusterProcesses(folder, freePort(), freePort());
    Files.writeString(folder.resolve("config.yaml"), cluster.settings());
    cluster.launch("jobmanager", StandaloneSessionClusterEntrypoint.class);
    for (int i = 0; i < taskManagers; i++) {
      cluster.launch("taskmanager-" + i, TaskManagerRunner.class);
    }
    return cluster;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private String settings() {
    return """
    jobmanager.rpc.address: 127.0.0.1
    jobmanager.rpc.port: %d
    jobmanager.bind-host: 127.0.0.1
    rest.address: 127.0.0.1
    rest.bind-address: 127.0.0.1
    rest.port: %d
    taskmanager.host: 127.0.0.1
    taskmanager.bind-host: 127.0.0.1
    taskmanager.numberOfTaskSlots: 1
    taskmanager.cpu.cores: 1
    taskmanager.memory.task.heap.size: 128m
    taskmanager.memory.task.off-heap.size: 0m
    taskmanager.memory.managed.size: 16m
    taskmanager.memory.network.min: 32m
    taskmanager.memory.network.max: 32m
    taskmanager.memory.framework.heap.size: 64m
    taskmanager.memory.framework.off-heap.size: 64m
    taskmanager.memory.jvm-metaspace.size: 96m
    taskmanager.memory.jvm-overhead.min: 64m
    taskmanager.memory.jvm-overhead.max: 64m
    taskmanager.memory.segment-size: 8k
    io.tmp.dirs: %s
    """
        .formatted(rpcPort, restPort, folder);
  }

  private void launch(String name, Class<?> main) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Ddynaload.home=" + folder.resolve(name), // the log is in there
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            "--configDir",
            folder.toString());
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start());
  }

  /** From now on the JobManager does nothing at all, until it goes on where it was. */
  void suspendJobManager() throws IOException, InterruptedException {
    signalJobManager("-STOP");
  }

  void resumeJobManager() throws IOException, InterruptedException {
    signalJobManager("-CONT");
  }

  private void signalJobManager(String signal) throws IOException, InterruptedException {
    String jobManager = Long.toString(processes.get(0).pid());
    if (new ProcessBuilder("kill", signal, jobManager).start().waitFor() != 0) {
      throw new IOException("kill " + signal + " " + jobManager);
    }
  }

  /** How a client reaches it. */
  Configuration client() {
    Configuration client = new Configuration();
    client.setString("rest.address", "127.0.0.1");
    client.setString("rest.port", Integer.toString(restPort));
    client.setString("jobmanager.rpc.address", "127.0.0.1");
    client.setString("jobmanager.rpc.port", Integer.toString(rpcPort));
    return client;
  }

  /** What the processes have printed, for a test that fails. */
  String logs() throws IOException {
    StringBuilder logs = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
        logs.append(file).append('\n').append(Files.readString(file)).append('\n');
      }
    }
    return logs.toString();
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroy();
    }
    for (Process process : processes) {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
