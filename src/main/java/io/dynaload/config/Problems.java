package io.dynaload.config;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong in a file, gathered so that all of it is reported together. Reading goes on after a
 * problem; whoever uses what was read calls {@link #throwIfAny} first. Not thread-safe.
 */
public final class Problems {
  private record Problem(Place place, String text, String remedy) {}

  private static final Place LAST = new Place("", Integer.MAX_VALUE, 0);
  private static final String REMEDY = "Correct it and start again.";

  private final List<Problem> problems = new ArrayList<>();

  /** Takes up what a factory found wrong in a section, to be reported with the rest. */
  public void add(ImportException e) {
    add(new Problem(LAST, e.problem(), e.remedy()));
  }

  void add(Place place, String path, String message) {
    add(new Problem(place, place.prefix(path) + message, REMEDY));
  }

  /** What several imports share is read for each of them. */
  private void add(Problem problem) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /**
   * Throws one exception that lists every problem, one a line, in the order of the file.
   *
   * @throws ImportException (CONFIGURATION) if there is any problem
   */
  public void throwIfAny() {
    if (problems.isEmpty()) {
      return;
    }
    problems.sort(Comparator.comparingInt(problem -> problem.place().line()));
    String text = problems.stream().map(Problem::text).collect(Collectors.joining("\n"));
    throw new ImportException(ErrorCode.CONFIGURATION, text, remedy());
  }

  private String remedy() {
    List<String> own =
        problems.stream()
            .map(Problem::remedy)
            .filter(text -> !text.equals(REMEDY))
            .distinct()
            .toList();
    if (!own.isEmpty()) {
      return String.join("\n", own);
    }
    return problems.size() == 1
        ? REMEDY
        : "Correct these " + problems.size() + " places and start again.";
  }
}
