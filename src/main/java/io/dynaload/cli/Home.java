package io.dynaload.cli;

import java.nio.file.Path;

/** The folder that Dynaload is installed in; run.sh says which. */
final class Home {
  private Home() {}

  static Path folder() {
    return Path.of(System.getProperty("dynaload.home", ".")).toAbsolutePath().normalize();
  }
}
