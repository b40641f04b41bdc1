package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds JDBC drivers. A driver that the user put beside Dynaload wins over the one in its jar: it
 * is looked for in {@code driver-jar}, or else in the folder {@code drivers} of {@code
 * dynaload.home} and in the folder {@code drivers} beside Dynaload's jar.
 *
 * <p>Jars are loaded by a class loader of their own, one in this JVM for the same jars.
 * Thread-safe.
 */
final class DriverLoader {
  private static final String FOLDER = "drivers";
  private static final Map<List<Path>, ClassLoader> LOADERS = new ConcurrentHashMap<>();

  private DriverLoader() {}

  /**
   * A new instance of the dialect's driver.
   *
   * @param driverJar what driver-jar says: a jar, or a folder with jars
   * @throws ImportException (CONFIGURATION) if there is none
   */
  static Driver load(Dialect dialect, @Nullable String driverJar) {
    List<Path> jars = driverJar == null ? besideDynaload() : named(driverJar);
    return load(dialect, jars, DriverLoader.class.getClassLoader());
  }

  static Driver load(Dialect dialect, List<Path> jars, ClassLoader bundled) {
    ClassLoader loader =
        jars.isEmpty()
            ? bundled
            : LOADERS.computeIfAbsent(jars, paths -> new ChildFirstLoader(urls(paths), bundled));
    try {
      return Class.forName(dialect.driverClass(), true, loader)
          .asSubclass(Driver.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw missing(dialect, jars, e);
    }
  }

  private static ImportException missing(Dialect dialect, List<Path> jars, Throwable cause) {
    String jar = dialect.driverJar();
    String where =
        jars.isEmpty()
            ? "is not part of Dynaload's jar"
            : "is neither in Dynaload's jar nor, whole, in "
                + String.join(", ", jars.stream().map(Path::toString).toList());
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "The JDBC driver " + dialect.driverClass() + " " + where,
        "Put a jar that has it, such as "
            + jar
            + ", into the folder "
            + FOLDER
            + " beside dynaload.jar, or name it with driver-jar; on every host that runs the job.",
        cause);
  }

  private static URL[] urls(List<Path> jars) {
    return jars.stream()
        .map(
            jar -> {
              try {
                return jar.toUri().toURL();
              } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
              }
            })
        .toArray(URL[]::new);
  }

  private static List<Path> named(String driverJar) {
    Path path;
    try {
      path = Path.of(driverJar);
    } catch (InvalidPathException e) {
      throw unusable(driverJar, "is not a path");
    }
    List<Path> jars = Files.isDirectory(path) ? jarsIn(path) : List.of(path);
    if (jars.isEmpty()) {
      throw unusable(driverJar, "is a folder without a jar");
    }
    for (Path jar : jars) {
      if (!Files.isReadable(jar)) {
        throw unusable(driverJar, "is not there, or may not be read");
      }
    }
    return jars;
  }

  private static ImportException unusable(String driverJar, String why) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "driver-jar: " + driverJar + " " + why + " on this host",
        "Name a jar, or a folder with jars, that is at the same path on every host of the job.");
  }

  private static List<Path> besideDynaload() {
    List<Path> jars = new ArrayList<>();
    String home = System.getProperty("dynaload.home");
    if (home != null) {
      jars.addAll(jarsIn(Path.of(home, FOLDER)));
    }
    Path beside = besideOwnJar();
    if (beside != null) {
      jarsIn(beside).stream().filter(jar -> !jars.contains(jar)).forEach(jars::add);
    }
    return List.copyOf(jars);
  }

  private static @Nullable Path besideOwnJar() {
    CodeSource source = DriverLoader.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return null;
    }
    try {
      return Path.of(source.getLocation().toURI()).resolveSibling(FOLDER);
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static List<Path> jarsIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .map(file -> file.toAbsolutePath().normalize())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The folder of drivers " + folder + " cannot be read",
          "Let the user that runs this process read it.",
          e);
    }
  }
}
