package io.dynaload.cli;

import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What a user is told of rejected items: how many, of which codes, where they are, and what to do.
 *
 * @param rejected items by code
 * @param letters the folder of the dead letters
 */
record RejectionNotice(SortedMap<String, Long> rejected, ErrorBudget budget, String letters) {
  private static final String REPLAY =
      "mend the letters, or what refused them, then: ./run.sh replay FILE";

  /** More were rejected than may be, and the run was stopped for it. */
  ImportException stopped(Optional<String> checkpoint) {
    String goOn =
        checkpoint
            .map(path -> "To go on with the rest, raise it and add --resume latest (from " + path)
            .orElse("No checkpoint was completed: to import the rest, raise it and begin anew");
    return spent(
        goOn + (checkpoint.isPresent() ? ")." : ".") + "\nTo write the rejected items, " + REPLAY);
  }

  /** More were rejected than may be; all others are written. */
  ImportException ended() {
    return spent("All other items are written. For the rejected ones, " + REPLAY);
  }

  /** The same of a trial, which nothing can go on from. */
  ImportException ofTrial() {
    return spent("It was a trial: mend the rows at their source, or raise pipeline.error-budget.");
  }

  /** They were no more than may be; nothing to tell if there were none. */
  void printWithinBudget(PrintStream err) {
    printOfTrial(err);
    if (!rejected.isEmpty()) {
      err.println("  To write them, " + REPLAY);
    }
  }

  /** The same of a trial, whose letters are never replayed. */
  void printOfTrial(PrintStream err) {
    if (!rejected.isEmpty()) {
      err.println("Note: " + items() + ", within pipeline.error-budget: " + budget);
      err.println("  " + where());
    }
  }

  /** A replay could not write more of them than may be. */
  ImportException ofReplay() {
    return spent("All others are written. Mend what is left, and replay again.");
  }

  private ImportException spent(String next) {
    return new ImportException(
        ErrorCode.REJECTED_ITEMS,
        items() + ", more than pipeline.error-budget: " + budget + " allows",
        where() + "\n" + next);
  }

  private String items() {
    long items = rejected.values().stream().mapToLong(Long::longValue).sum();
    return String.format(
        Locale.ROOT,
        "%,d %s rejected (%s)",
        items,
        items == 1 ? "item was" : "items were",
        rejected.entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", ")));
  }

  private String where() {
    return "The dead letters, each with its reason, are in " + letters;
  }
}
