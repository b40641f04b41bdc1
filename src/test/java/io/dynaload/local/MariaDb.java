package io.dynaload.local;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real MariaDB server on 127.0.0.1, for tests of MySQL's protocol: a process of its own with an
 * empty database, whose data, socket and log are in a temporary folder that {@link #close} deletes.
 * Up in about a second. Statements may be run from any thread.
 *
 * <p>Needs Debian's mariadb-server, of which no service has to run; see {@link NeedsMariaDb}.
 */
public final class MariaDb implements AutoCloseable {
  public static final String USER = "dynaload";
  public static final String PASSWORD = "s3cr3t-of-mariadb";
  private static final String DATABASE = "things";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final List<String> command;
  private Process process;
  private final int port;

  private MariaDb(Path folder, List<String> command, int port) throws IOException {
    this.folder = folder;
    this.command = command;
    this.process = launch(command, folder.resolve("server.log"));
    this.port = port;
  }

  /** Whether this machine has the server's programs. */
  public static boolean isInstalled() {
    return program("mariadbd").isPresent() && program("mariadb-install-db").isPresent();
  }

  /** Starts a server; the options ({@code --name=value}) come after those of our own, and win. */
  public static MariaDb start(String... options) throws Exception {
    Path folder = Files.createTempDirectory("mariadb");
    try {
      install(folder);
      MariaDb server = launch(folder, List.of(options));
      server.awaitLogin();
      return server;
    } catch (Exception e) {
      delete(folder);
      throw e;
    }
  }

  public int port() {
    return port;
  }

  /** What Connector/J connects to, as {@link #USER} with {@link #PASSWORD}. */
  public String url() {
    return "jdbc:mysql://127.0.0.1:" + port + "/" + DATABASE;
  }

  /** Runs a statement as a user who may do everything in the database. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url() + "?sslMode=DISABLED", USER, PASSWORD);
  }

  private static void install(Path folder) throws Exception {
    List<String> command =
        command("mariadb-install-db", folder, "--auth-root-authentication-method=normal");
    command.add("--skip-test-db");
    Process install = launch(command, folder.resolve("install.log"));
    if (!install.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || install.exitValue() != 0) {
      install.destroyForcibly();
      throw new IOException(
          "mariadb-install-db fails: " + Files.readString(folder.resolve("install.log")));
    }
  }

  private static MariaDb launch(Path folder, List<String> options) throws IOException {
    Path login =
        Files.write(
            folder.resolve("login.sql"),
            List.of(
                "CREATE DATABASE IF NOT EXISTS " + DATABASE + " CHARACTER SET utf8mb4;",
                "CREATE USER IF NOT EXISTS "
                    + USER
                    + "@'127.0.0.1' IDENTIFIED BY '"
                    + PASSWORD
                    + "';",
                "GRANT ALL ON *.* TO " + USER + "@'127.0.0.1';"));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = command("mariadbd", folder, "--port=" + port);
    command.addAll(
        List.of(
            "--socket=" + folder.resolve("socket"),
            "--pid-file=" + folder.resolve("pid"),
            "--init-file=" + login,
            "--skip-networking=0",
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--skip-log-bin",
            "--performance-schema=OFF",
            "--innodb-buffer-pool-size=32M",
            "--innodb-log-file-size=8M",
            // A restart kills the server: what was committed must be out of its memory.
            "--innodb-flush-log-at-trx-commit=2",
            "--key-buffer-size=1M"));
    command.addAll(options);
    return new MariaDb(folder, command, port);
  }

  private static Process launch(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static List<String> command(String program, Path folder, String option) {
    List<String> command = new ArrayList<>();
    command.add(program(program).orElseThrow().toString());
    command.add("--no-defaults");
    command.add("--datadir=" + folder.resolve("data"));
    // It will not run as root unless told to.
    command.add("--user=" + System.getProperty("user.name"));
    command.add(option);
    return command;
  }

  private static Optional<Path> program(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    // Servers are in folders that not everybody's PATH has.
    return Stream.concat(
            Arrays.stream(path.split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private void awaitLogin() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Connection connection = connect()) {
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          String log = Files.readString(folder.resolve("server.log"));
          close();
          throw new IOException("mariadbd does not start: " + log, e);
        }
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Kills the process and starts it again over the same data, at the same port. */
  public void restart() throws Exception {
    process.destroyForcibly().waitFor();
    process = launch(command, folder.resolve("server.log"));
    awaitLogin();
  }

  /** Ends the process and deletes its folder. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
