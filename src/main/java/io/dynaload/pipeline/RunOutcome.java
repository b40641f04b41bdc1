package io.dynaload.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.RunReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an application's run ended, for whoever waits for it. Its JSON stands in the run's folder,
 * whole or not at all.
 *
 * @param result null if no job was submitted; then {@code failure} says why
 * @param failure what it failed for, as {@code result} says too; null if it did not
 * @param isStopped whether it was stopped because the error budget is spent
 * @param next the folder of the run that does the import's next step; null if there is none
 * @param notes for the user
 */
public record RunOutcome(
    ImportRun.@Nullable Result result,
    @Nullable ImportException failure,
    boolean isStopped,
    @Nullable String next,
    Notes notes) {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a user should know beside the ledger.
   *
   * @param warnings that were found before the run
   * @param deadLetters where they are
   * @param step {@code step 2 of 4}; empty if the import has no other step
   */
  public record Notes(List<String> warnings, String deadLetters, String step) {
    static final Notes NONE = new Notes(List.of(), "", "");

    public Notes {
      warnings = List.copyOf(warnings);
    }
  }

  /** Of a run that failed before there was a job. */
  static RunOutcome failed(ImportException failure) {
    return new RunOutcome(null, failure, false, null, Notes.NONE);
  }

  /** Whether nothing of the import is left to do. */
  boolean isDone() {
    return result != null && result.report().isComplete() && next == null;
  }

  String toJson() {
    ObjectNode json = JSON.createObjectNode().put("version", VERSION);
    if (result != null) {
      json.set("report", result.report().toJson());
      ObjectNode codes = json.putObject("rejected");
      result.rejected().forEach(codes::put);
    }
    if (failure != null) {
      json.putObject("error")
          .put("code", failure.code().name())
          .put("message", failure.problem())
          .put("remedy", failure.remedy());
    }
    json.put("stopped", isStopped).put("next", next);
    notes.warnings().forEach(json.putArray("warnings")::add);
    return json.put("deadLetters", notes.deadLetters()).put("step", notes.step()) + "\n";
  }

  static RunOutcome ofJson(String text) throws IOException {
    try {
      return of(JSON.readTree(text));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException("How the run ended cannot be read", e);
    }
  }

  private static RunOutcome of(JsonNode json) throws IOException {
    if (json.path("version").asInt() != VERSION) {
      throw new IOException("Outcomes of version " + json.path("version") + " are not known here");
    }
    ImportException failure = failure(json.path("error"));
    List<String> warnings = new ArrayList<>();
    json.path("warnings").forEach(each -> warnings.add(each.asText()));
    return new RunOutcome(
        result(json, failure),
        failure,
        json.path("stopped").asBoolean(),
        json.path("next").isTextual() ? json.path("next").asText() : null,
        new Notes(warnings, json.path("deadLetters").asText(), json.path("step").asText()));
  }

  private static @Nullable ImportException failure(JsonNode error) {
    return error.isMissingNode()
        ? null
        : new ImportException(
            ErrorCode.valueOf(error.path("code").asText()),
            error.path("message").asText(),
            error.path("remedy").asText());
  }

  private static ImportRun.@Nullable Result result(
      JsonNode json, @Nullable ImportException failure) {
    if (json.path("report").isMissingNode()) {
      return null;
    }
    SortedMap<String, Long> rejected = new TreeMap<>();
    json.path("rejected")
        .fields()
        .forEachRemaining(code -> rejected.put(code.getKey(), code.getValue().asLong()));
    return new ImportRun.Result(
        RunReport.ofJson(json.path("report")), rejected, Optional.ofNullable(failure));
  }
}
