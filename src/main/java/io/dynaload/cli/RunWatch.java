package io.dynaload.cli;

import io.dynaload.pipeline.ImportRun;
import java.time.Duration;
import java.util.function.Predicate;

/** Shows how a run goes, and stops it where it has to be. */
final class RunWatch {
  private static final Duration REDRAW = Duration.ofMillis(250);

  private final Terminal terminal;
  private final ProgressView progress;

  RunWatch(Terminal terminal, ProgressView progress) {
    this.terminal = terminal;
    this.progress = progress;
  }

  /**
   * Watches until the end, or until an interrupt.
   *
   * @param isSpent whether the run has spent the error budget
   * @return whether the run was stopped for that
   */
  boolean untilTheEnd(ImportRun run, Interrupts interrupts, Predicate<ImportRun> isSpent)
      throws InterruptedException {
    boolean mayStop = true;
    try {
      while (!run.await(REDRAW)) {
        progress.show(run.live(), run.counts());
        if (interrupts.received().isPresent()) {
          interrupt(run);
          return false;
        }
        if (mayStop && isSpent.test(run)) {
          if (stops(run)) {
            return true;
          }
          mayStop = false;
        }
      }
    } finally {
      progress.end();
    }
    return false;
  }

  private void interrupt(ImportRun run) throws InterruptedException {
    progress.end();
    terminal.err().println("Stopping: taking a last checkpoint");
    if (!run.interrupt()) {
      terminal.err().println("No last checkpoint could be taken; the one before it stands.");
    }
  }

  private boolean stops(ImportRun run) throws InterruptedException {
    progress.end();
    terminal.err().println("Stopping: the error budget is spent; taking a last checkpoint");
    boolean isStopped = run.stop();
    if (!isStopped) {
      terminal.err().println("All is read by now: the run goes on to its end, which is near.");
    }
    return isStopped;
  }
}
