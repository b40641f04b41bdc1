package io.dynaload.emr;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Stops all imports of a cluster: withdraws those that have not begun, asks each running one by a
 * step of its own, and waits until all have ended. An import whose application is not there yet
 * cannot be asked to stop, so one that still runs after some looks is asked once more.
 */
@Command(name = "stop", description = "Stops all imports of a cluster, and waits for their ends.")
final class StopCommand implements Callable<Integer> {
  private static final int MOST_ROUNDS = 10;

  /** After which an import is asked once more. */
  private static final int LOOKS = 12;

  private final PrintStream out;

  @Option(names = "--cluster", required = true)
  private String cluster = "";

  @Option(names = "--logs", required = true, description = "Where the cluster's logs are.")
  private String logs = "";

  @Option(names = "--pause", required = true, description = "Seconds between two looks.")
  private double pause;

  @Option(names = "--dry-run")
  private boolean isDryRun;

  StopCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ClusterSteps steps = ClusterSteps.of(cluster)) {
      for (int round = 1; ; round++) {
        List<ListedStep> running =
            steps.all().stream()
                .filter(ListedStep::isImport)
                .filter(ListedStep::hasNotEnded)
                .toList();
        if (running.isEmpty()) {
          out.println(
              round == 1
                  ? "No import runs on cluster " + cluster
                  : "Stopped. The same command as before with --resume goes on from there.");
          return 0;
        }
        if (round > MOST_ROUNDS) {
          throw failed("step " + running.get(0).id() + " does not end", running.get(0).id());
        }
        for (ListedStep step : running) {
          out.println((isDryRun ? "Would stop step " : "step ") + step.id() + ", " + step.name());
        }
        if (isDryRun) {
          return 0;
        }
        ask(steps, running);
        for (ListedStep step : running) {
          await(steps, step.id(), LOOKS);
        }
      }
    }
  }

  private void ask(ClusterSteps steps, List<ListedStep> running) throws InterruptedException {
    for (ListedStep step : running) {
      if (step.state().equals("PENDING")) {
        steps.cancel(step.id());
      }
    }
    List<String> stops =
        running.stream()
            .filter(step -> step.state().equals("RUNNING"))
            .map(step -> steps.add(step.name() + " stop", step.toStop()))
            .toList();
    for (String stop : stops) {
      out.println("Stopping, by step " + stop);
      String state = await(steps, stop, Integer.MAX_VALUE);
      if (!state.equals("COMPLETED")) {
        throw failed("step " + stop + ", which was to stop the import, is " + state, stop);
      }
    }
  }

  private String await(ClusterSteps steps, String id, int looks) throws InterruptedException {
    String state = steps.state(id);
    for (int look = 1; look < looks && ListedStep.isBeforeTheEnd(state); look++) {
      TimeUnit.MILLISECONDS.sleep(Math.round(pause * 1000));
      state = steps.state(id);
    }
    return state;
  }

  private ImportException failed(String what, String step) {
    return new ImportException(
        ErrorCode.INTERNAL,
        what,
        "Its log says why, " + logs + cluster + "/steps/" + step + "/; then the same again.");
  }
}
