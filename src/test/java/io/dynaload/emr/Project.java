package io.dynaload.emr;

import java.nio.file.Path;

/** Where the project's files are. */
final class Project {
  private Project() {}

  static Path file(String first, String... more) {
    return Path.of(System.getProperty("dynaload.home", ".")).resolve(Path.of(first, more));
  }
}
