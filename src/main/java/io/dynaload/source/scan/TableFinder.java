package io.dynaload.source.scan;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.ImportSource.Found;
import io.dynaload.source.ImportSource.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the tables that a configuration names, and looks at them. Blocks. */
final class TableFinder implements AutoCloseable {
  private final ScanConfig config;
  private final TableClient client;

  TableFinder(ScanConfig config) {
    this.config = config;
    this.client = new TableClient(config);
  }

  /**
   * The names of the tables, in the order of the file, those of a pattern by their names.
   *
   * @param target which no pattern matches
   * @throws ImportException CONFIGURATION if there is none of a pattern; SOURCE if DynamoDB cannot
   *     be asked
   */
  Found find(Target target) {
    List<String> all = client.names();
    Set<String> names = new LinkedHashSet<>();
    List<String> warnings = new ArrayList<>();
    for (String named : config.tables()) {
      if (!ScanConfig.isPattern(named)) {
        names.add(named);
        continue;
      }
      List<String> matching =
          new ArrayList<>(all.stream().filter(pattern(named).asMatchPredicate()).toList());
      boolean hasTarget = matching.contains(target.table()) && isTarget(target);
      if (hasTarget) {
        matching.remove(target.table());
        warnings.add(
            "the table that is written, "
                + target.table()
                + ", matches "
                + named
                + " of the source, too, and is not read.");
      }
      if (matching.isEmpty()) {
        throw noneOf(named, all.size(), hasTarget);
      }
      names.addAll(matching);
    }
    return new Found(List.copyOf(names), warnings);
  }

  private boolean isTarget(Target target) {
    return target.is(client.address(target.table()));
  }

  private ImportException noneOf(String pattern, int tables, boolean hasTarget) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "no table matches "
            + pattern
            + (hasTarget ? " but the one that is written" : "")
            + " ("
            + ScanErrors.place(config.aws())
            + ", which has "
            + tables
            + " tables)",
        "Correct the pattern, source.region or source.endpoint.");
  }

  private static Pattern pattern(String named) {
    return Pattern.compile(
        Pattern.compile("\\*")
            .splitAsStream(named + " ")
            .map(part -> Pattern.quote(part.strip()))
            .collect(Collectors.joining(".*")));
  }

  /**
   * Looks at the tables of a file without patterns.
   *
   * @throws ImportException CONFIGURATION if one does not exist, or lacks the index; SOURCE if
   *     DynamoDB cannot be asked
   */
  List<SourceTable> named() {
    return config.tables().stream().map(name -> client.describe(name).table()).toList();
  }

  /**
   * Looks at tables that were found when the import began.
   *
   * @throws ImportException SOURCE if one does not exist any more; else as {@link #named}
   */
  List<SourceTable> found(List<String> names) {
    return names.stream().map(name -> client.describeAgain(name).table()).toList();
  }

  @Override
  public void close() {
    client.close();
  }
}
