package io.dynaload.emr;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A step as EMR lists it.
 *
 * @param name of one of Dynaload's, {@code dynaload NAME}
 */
record ListedStep(String id, String name, String state, List<String> arguments) {
  private static final Set<String> BEFORE_THE_END = Set.of("PENDING", "RUNNING", "CANCEL_PENDING");

  static boolean isBeforeTheEnd(String state) {
    return BEFORE_THE_END.contains(state);
  }

  boolean isOurs() {
    return name.startsWith(StepFile.name(""));
  }

  /** Whether it is one of ours that does not stop others. */
  boolean isImport() {
    return isOurs() && !arguments.contains("--stop");
  }

  boolean hasNotEnded() {
    return isBeforeTheEnd(state);
  }

  /** Whether it does what another one does, be it from the beginning or going on. */
  boolean isLike(List<String> others) {
    return toStop().equals(new ListedStep(id, name, state, others).toStop());
  }

  /** The same, of whatever build of the jar. */
  boolean importsLike(List<String> others) {
    return options(arguments).equals(options(others));
  }

  private List<String> options(List<String> all) {
    List<String> stop = new ListedStep(id, name, state, all).toStop();
    return stop.subList(Math.max(0, stop.indexOf("--file")), stop.size());
  }

  /** The arguments of the step that stops it. */
  List<String> toStop() {
    List<String> stop = new ArrayList<>(arguments);
    int resume = stop.indexOf("--resume");
    if (resume >= 0) {
      stop.subList(resume, resume + 2).clear();
    }
    stop.add("--stop");
    return stop;
  }
}
