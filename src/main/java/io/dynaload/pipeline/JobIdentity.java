package io.dynaload.pipeline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What makes an import the one that its checkpoints belong to: source, range, transform and target,
 * as key paths and texts. Limits, budgets, parallelism and checkpointing are no part of it. Secrets
 * are in it as references at most.
 */
record JobIdentity(SortedMap<String, String> values) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values) + "\n";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static JobIdentity ofJson(String json) throws IOException {
    return new JobIdentity(JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {}));
  }

  /**
   * @throws ImportException that names each value which is not what it was at the checkpoint
   */
  void mustEqual(JobIdentity atCheckpoint, String checkpoint) {
    List<String> changes = new ArrayList<>();
    TreeSet<String> paths = new TreeSet<>(values.keySet());
    paths.addAll(atCheckpoint.values.keySet());
    for (String path : paths) {
      String now = values.get(path);
      String then = atCheckpoint.values.get(path);
      if (!Objects.equals(now, then)) {
        changes.add("  " + path + ": was " + text(then) + ", is " + text(now));
      }
    }
    if (!changes.isEmpty()) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The checkpoint "
              + checkpoint
              + " is of another import than this file describes:\n"
              + String.join("\n", changes),
          "Undo these changes to go on, or start anew without --resume. Parallelism, limits and"
              + " checkpointing may change.");
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "not set" : "'" + value + "'";
  }
}
