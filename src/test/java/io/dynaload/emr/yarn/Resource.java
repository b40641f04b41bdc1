package io.dynaload.emr.yarn;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The files in the tests' resources that make a node EMR's. */
final class Resource {
  private Resource() {}

  static Map<String, String> properties(String name) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = open(name)) {
      properties.load(in);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(Function.identity(), properties::getProperty));
  }

  static void copy(String name, Path folder) throws IOException {
    try (InputStream in = open(name)) {
      Files.copy(in, folder.resolve(name));
    }
  }

  /** As a command: without its ending. */
  static void copyCommand(String name, Path folder) throws IOException {
    copy(name + ".sh", folder);
    Path command = Files.move(folder.resolve(name + ".sh"), folder.resolve(name));
    if (!command.toFile().setExecutable(true)) {
      throw new IOException(command + " cannot be made executable");
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(Resource.class.getResourceAsStream("/emr-node/" + name), name);
  }
}
