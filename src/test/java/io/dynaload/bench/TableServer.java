package io.dynaload.bench;

import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.local.SensorReadings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A process with the embedded Lindorm server and its table of sensor readings, so that its work is
 * not the reader's. Prints its port once the table is filled; ends when its standard input does.
 */
public final class TableServer implements AutoCloseable {
  static final String USER = "root";
  static final String PASSWORD = "bench";
  private static final long SEED = 1;

  private final Process process;
  private final int port;

  private TableServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  public static void main(String[] args) throws IOException {
    try (EmbeddedLindorm lindorm = EmbeddedLindorm.start(0, USER, PASSWORD)) {
      readings(Long.parseLong(args[0])).loadInto(lindorm);
      System.out.println(lindorm.port());
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
    }
    System.exit(0); // whatever threads the server has left
  }

  static SensorReadings readings(long rows) {
    return new SensorReadings(rows, SEED);
  }

  /** Starts the process; returns once the table holds all its rows. */
  static TableServer start(long rows) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx3g",
                "-XX:+UseParallelGC",
                "-Ddynaload.home=" + System.getProperty("dynaload.home"),
                "-cp",
                System.getProperty("java.class.path"),
                TableServer.class.getName(),
                Long.toString(rows))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String port = said.readLine();
    if (port == null) {
      throw new IOException("The server ended before it had filled its table");
    }
    return new TableServer(process, Integer.parseInt(port));
  }

  /** What the driver connects to. */
  String url() {
    return "jdbc:lindorm:table:url=http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
