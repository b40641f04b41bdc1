package io.dynaload.emr.yarn;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the profile {@code yarn} has gathered in {@code target/yarn}. */
final class YarnLibraries {
  private YarnLibraries() {}

  /** Flink as on EMR. */
  static Path flink() {
    return folder("flink");
  }

  /** Hadoop's clients and servers. */
  static Path hadoop() {
    return folder("hadoop");
  }

  /** Flink's plugins: the file system {@code s3://}. */
  static Path plugins() {
    return target().resolve("plugins");
  }

  private static Path folder(String name) {
    Path folder = target().resolve("yarn").resolve(name);
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(folder + " is not there: mvn -Pyarn verify gathers it");
    }
    return folder;
  }

  static Path target() {
    return Path.of(System.getProperty("dynaload.home", "."), "target").toAbsolutePath().normalize();
  }
}
