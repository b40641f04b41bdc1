package io.dynaload.emr.yarn;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A process that holds servers, each begun by its own main method, which is all that is known of it
 * here: Hadoop is not on the tests' class path.
 *
 * <p>It ends when its standard input does: when the one who started it closes it, or has died, by
 * whatever signal. Every process that the servers have begun, the containers of a NodeManager say,
 * ends with it.
 */
public final class ServerProcess implements AutoCloseable {
  private static final String NEXT = "--";

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param jvm options of the JVM, without the class path
   * @param classPath what the servers need; its first entries win
   * @param log takes what the process prints
   * @param servers main classes, each followed by its arguments
   */
  static ServerProcess start(
      List<String> jvm, List<String> classPath, Path log, List<List<String>> servers)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath) + File.pathSeparator + ownClasses());
    command.add(ServerProcess.class.getName());
    for (List<String> server : servers) {
      command.addAll(server);
      command.add(NEXT);
    }
    return new ServerProcess(
        new ProcessBuilder(command)
            .directory(log.resolveSibling(".").normalize().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
  }

  private static String ownClasses() {
    return Path.of(
            ServerProcess.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .toString();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What the servers have begun, and what these have. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
  }

  /** Runs the servers that the arguments name, each in a thread of its own. */
  public static void main(String[] arguments) throws IOException {
    List<String> rest = Arrays.asList(arguments);
    while (!rest.isEmpty()) {
      int end = rest.indexOf(NEXT);
      List<String> server = rest.subList(0, end);
      new Thread(() -> run(server), server.get(0)).start();
      rest = rest.subList(end + 1, rest.size());
    }
    while (System.in.read() >= 0) {
      // Nobody writes; the end is what is waited for.
    }
    endDescendants();
    Runtime.getRuntime().halt(0);
  }

  private static void run(List<String> server) {
    try {
      Class.forName(server.get(0))
          .getMethod("main", String[].class)
          .invoke(null, (Object) server.subList(1, server.size()).toArray(new String[0]));
    } catch (ReflectiveOperationException e) {
      e.printStackTrace();
      endDescendants();
      Runtime.getRuntime().halt(1);
    }
  }

  /** Until there is none: one that was just being begun may have been missed. */
  private static void endDescendants() {
    List<ProcessHandle> alive;
    while (!(alive = ProcessHandle.current().descendants().toList()).isEmpty()) {
      alive.forEach(ProcessHandle::destroyForcibly);
      alive.forEach(handle -> handle.onExit().join());
    }
  }
}
