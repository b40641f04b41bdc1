package io.dynaload.emr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines of a name, a tab and a value: what deploy.sh and this program tell each other. */
final class FactLines {
  private FactLines() {}

  static String line(String name, String value) {
    return name + "\t" + value;
  }

  /** The last line of a name wins; what has no tab is left out. */
  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        facts.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    return facts;
  }
}
