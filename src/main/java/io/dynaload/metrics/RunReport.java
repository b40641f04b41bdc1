package io.dynaload.metrics;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The end of a run, as a line for a person and as a JSON file for a program; the two say the same.
 *
 * @param took from submission to the end, of this run alone; the counts span all runs since the
 *     import began, across restarts and resumes
 */
public record RunReport(
    String name, RunState state, Ledger ledger, Instant startedAt, Duration took) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether all is well: the run came to its end and nothing is missing. */
  public boolean isComplete() {
    return state == RunState.FINISHED && ledger.balanced();
  }

  /** One line: {@code readings finished in 12.3 s: read 5 = written 4 + filtered 1; …}. */
  public String summary() {
    StringJoiner outcomes = new StringJoiner(" + ");
    for (Count outcome : Ledger.OUTCOMES) {
      if (ledger.get(outcome) != 0 || outcome == Count.WRITTEN) {
        outcomes.add(part(outcome));
      }
    }
    if (ledger.pending() != 0) {
      outcomes.add("pending " + grouped(ledger.pending()));
    }
    String fannedOut = ledger.get(Count.FANNED_OUT) == 0 ? "" : " + " + part(Count.FANNED_OUT);
    return String.format(
        Locale.ROOT,
        "%s %s in %.1f s: %s%s = %s; %s, %s, %s, %s; %s",
        name,
        state.name().toLowerCase(Locale.ROOT),
        seconds(),
        part(Count.READ),
        fannedOut,
        outcomes,
        part(Count.RETRIED),
        part(Count.THROTTLED),
        part(Count.WRITE_UNITS),
        part(Count.BYTES),
        ledger.balanced() ? "balanced" : "NOT BALANCED");
  }

  /** Writes the JSON file, whole or not at all. */
  public void write(Path file) throws IOException {
    write(file, toJson());
  }

  static void write(Path file, ObjectNode json) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    DefaultPrettyPrinter lines =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    Path beside = absolute.resolveSibling(absolute.getFileName() + ".part");
    Files.writeString(beside, JSON.writer(lines).writeValueAsString(json) + "\n");
    Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What the file says. */
  public ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", name);
    json.put("state", state.name());
    for (Count count : Count.values()) {
      if (count == Count.RETRIED) {
        json.put("pending", ledger.pending());
      }
      json.put(count.key(), ledger.get(count));
    }
    json.put("startedAt", startedAt.toString());
    json.put("seconds", Math.round(seconds() * 1000) / 1000.0);
    json.put("balanced", ledger.balanced());
    return json;
  }

  /** What {@link #toJson} made. */
  public static RunReport ofJson(JsonNode json) {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      counts.put(count, json.path(count.key()).asLong());
    }
    RunState state = RunState.valueOf(json.path("state").asText());
    return new RunReport(
        json.path("name").asText(),
        state,
        state == RunState.FINISHED ? Ledger.ofWholeRun(counts) : Ledger.ofInterruptedRun(counts),
        Instant.parse(json.path("startedAt").asText()),
        Duration.ofMillis(Math.round(json.path("seconds").asDouble() * 1000)));
  }

  private double seconds() {
    return took.toMillis() / 1000.0;
  }

  private String part(Count count) {
    return count.key() + " " + grouped(ledger.get(count));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
