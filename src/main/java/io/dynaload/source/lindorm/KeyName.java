package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key column as a file names it: {@code device}, {@code event_time desc}, {@code site asc}.
 *
 * @param descending null where the file does not say it
 */
record KeyName(String name, @Nullable Boolean descending) implements Serializable {
  private static final Pattern DIRECTED =
      Pattern.compile("(.+?)\\s+(asc|desc)", Pattern.CASE_INSENSITIVE);

  static KeyName of(String text) {
    Matcher directed = DIRECTED.matcher(text.strip());
    return directed.matches()
        ? new KeyName(directed.group(1), directed.group(2).equalsIgnoreCase("desc"))
        : new KeyName(text.strip(), null);
  }

  /** Those of a list, each column once. */
  static List<KeyName> listed(Section section, Key<List<String>> key) {
    List<KeyName> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String text : section.get(key)) {
      KeyName name = of(text);
      if (!seen.add(name.name())) {
        throw section.problem(key, "names " + name.name() + " twice", "Name each column once.");
      }
      names.add(name);
    }
    return List.copyOf(names);
  }
}
