package io.dynaload.emr.yarn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Hadoop's format of configuration files. */
final class SiteFile {
  private SiteFile() {}

  /** Writes values without any character that XML gives a meaning to. */
  static void write(Path file, Map<String, String> values) throws IOException {
    Files.writeString(
        file,
        values.entrySet().stream()
            .map(SiteFile::property)
            .collect(Collectors.joining("\n", "<configuration>\n", "\n</configuration>\n")));
  }

  private static String property(Map.Entry<String, String> entry) {
    return "<property><name>%s</name><value>%s</value></property>"
        .formatted(entry.getKey(), entry.getValue());
  }
}
