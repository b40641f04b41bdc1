package io.dynaload.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The end of several imports that one command ran: their total, in the form of one import's report,
 * and each.
 *
 * @param name of all of them together
 * @param took of this command alone
 */
public record GroupReport(String name, List<Part> parts, Instant startedAt, Duration took) {
  /**
   * One of the imports.
   *
   * @param exitCode that it would have had alone
   * @param error what is wrong with it; empty if nothing is
   */
  public record Part(RunReport report, int exitCode, String error) {
    /** Whether nothing is left of it to do. */
    public boolean isDone() {
      return report.isComplete();
    }
  }

  public GroupReport {
    parts = List.copyOf(parts);
  }

  /** The counts of all, and the state of the least. */
  public RunReport total() {
    return new RunReport(
        name,
        state(),
        Ledger.ofAll(parts.stream().map(part -> part.report().ledger()).toList()),
        startedAt,
        took);
  }

  private RunState state() {
    if (parts.stream().allMatch(part -> part.report().state() == RunState.FINISHED)) {
      return RunState.FINISHED;
    }
    return parts.stream().anyMatch(part -> part.report().state() == RunState.INTERRUPTED)
        ? RunState.INTERRUPTED
        : RunState.FAILED;
  }

  /** How many came to their end. */
  public int done() {
    return (int) parts.stream().filter(Part::isDone).count();
  }

  /** The total in one line, and how many imports are done. */
  public String summary() {
    return String.format(
        Locale.ROOT, "%s; %d of %d imports done", total().summary(), done(), parts.size());
  }

  /** Writes the JSON file, whole or not at all. */
  public void write(Path file) throws IOException {
    RunReport.write(file, toJson());
  }

  ObjectNode toJson() {
    ObjectNode json = total().toJson();
    ArrayNode imports = json.putArray("imports");
    for (Part part : parts) {
      ObjectNode each = part.report().toJson().put("exitCode", part.exitCode());
      if (!part.error().isEmpty()) {
        each.put("error", part.error());
      }
      imports.add(each);
    }
    return json;
  }
}
