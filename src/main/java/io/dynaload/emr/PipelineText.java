package io.dynaload.emr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the import file of a Lindorm table from the few values that it needs.
 *
 * @param values by name: url, table, username, secret, from, to, region, target; possibly
 *     timestamp-column, partition-key, sort-key, ttl-attribute, write-capacity
 */
record PipelineText(Map<String, String> values) {
  private static final int LONGEST_NAME = 128;

  /** A file that is the same for the same values. */
  String yaml() {
    List<String> lines = new ArrayList<>();
    lines.add("source:");
    lines.add("  type: lindorm");
    add(lines, "  url", "url");
    add(lines, "  username", "username");
    lines.add("  password: ${secretsmanager:" + value("secret") + "}");
    add(lines, "  table", "table");
    add(lines, "  timestamp-column", "timestamp-column");
    add(lines, "  from", "from");
    add(lines, "  to", "to");
    lines.add("sink:");
    add(lines, "  table", "target");
    add(lines, "  region", "region");
    add(lines, "  write-capacity", "write-capacity");
    if (values.containsKey("partition-key")) {
      lines.add("  create-table:");
      add(lines, "    partition-key", "partition-key");
      add(lines, "    sort-key", "sort-key");
      add(lines, "    ttl-attribute", "ttl-attribute");
      if (values.getOrDefault("write-capacity", "").matches("[0-9]+")) {
        lines.add("    billing: provisioned");
        lines.add("    read-units: 5");
        add(lines, "    write-units", "write-capacity");
      }
    }
    lines.add("pipeline:");
    lines.add("  name: " + quoted(name()));
    lines.add("  parallelism: 4");
    return String.join("\n", lines) + "\n";
  }

  /** Another one for another range, so that each has checkpoints of its own. */
  private String name() {
    String all = String.join("-", value("table"), value("from"), value("to"));
    String plain = all.replaceAll("[^A-Za-z0-9_-]+", "-");
    return plain.length() <= LONGEST_NAME ? plain : plain.substring(plain.length() - LONGEST_NAME);
  }

  private void add(List<String> lines, String key, String name) {
    Optional.ofNullable(values.get(name)).ifPresent(text -> lines.add(key + ": " + quoted(text)));
  }

  private String value(String name) {
    return values.getOrDefault(name, "");
  }

  /** A text of YAML in which only the quote has a meaning. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
