package io.dynaload.cli;

import io.dynaload.emr.Applications;
import io.dynaload.emr.Applications.Application;
import io.dynaload.error.ImportException;
import io.dynaload.pipeline.HeldRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the application of a run, and watches it to its end. A signal stops it, with a savepoint;
 * so does a step with {@code --stop} that came before the cluster showed it.
 */
final class ApplicationWatch {
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int LOOKS_A_LINE = 30;
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationWatch.class);

  private final Terminal terminal;
  private final Applications applications;
  private final HeldRun run;
  private final Interrupts interrupts;

  ApplicationWatch(
      Terminal terminal, Applications applications, HeldRun run, Interrupts interrupts) {
    this.terminal = terminal;
    this.applications = applications;
    this.run = run;
    this.interrupts = interrupts;
  }

  /**
   * Submits it. That takes as long as the cluster has no room: a signal ends it.
   *
   * @param name that it is called
   */
  Application begin(String name) throws InterruptedException {
    terminal.err().println(run.file().pipeline().name() + " is submitted");
    Application application = submit(name);
    terminal.err().println(run.file().pipeline().name() + " runs as " + application.id());
    return application;
  }

  /**
   * Waits for its end.
   *
   * @param view shows how far it is
   */
  Application untilTheEnd(Application begun, ProgressView view) throws InterruptedException {
    Application application = begun;
    // Whoever asked for that before the cluster showed the application could not stop it.
    boolean isToStop = run.isToStop();
    boolean isTold = false;
    try {
      for (int look = 1; !application.state().isOver(); look++) {
        if (!isTold && (isToStop || interrupts.received().isPresent())) {
          isTold = true;
          stop(application);
        }
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        if (look % LOOKS_A_LINE == 0) {
          run.figures()
              .ifPresent(figures -> view.show(new ShownFigures(figures), figures.counts()));
        }
        application = applications.look(application.id());
      }
    } finally {
      view.end();
    }
    return application;
  }

  private Application submit(String name) throws InterruptedException {
    FutureTask<Application> submission =
        new FutureTask<>(() -> applications.begin(name, run.folder()));
    Thread thread = new Thread(submission, "submission of " + name);
    thread.setDaemon(true);
    // What finds its classes by the thread needs those of this program.
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    boolean isTold = false;
    while (true) {
      try {
        return submission.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (!isTold && interrupts.received().isPresent()) {
          isTold = stopAll(name);
        }
      } catch (ExecutionException e) {
        tidyIfNoneRuns(name);
        throw e.getCause() instanceof RuntimeException known
            ? known
            : new IllegalStateException(e.getCause());
      }
    }
  }

  /** YARN may have taken it although this process was told otherwise. */
  private void tidyIfNoneRuns(String name) {
    try {
      if (applications.unfinished(name).isEmpty()) {
        run.tidy();
      }
    } catch (ImportException e) {
      LOG.warn("Whether {} runs is not known: {} is left as it is", name, run.folder(), e);
    }
  }

  /**
   * @return whether there was one
   */
  private boolean stopAll(String name) throws InterruptedException {
    try {
      List<Application> waiting = applications.unfinished(name);
      for (Application each : waiting) {
        stop(each);
      }
      return !waiting.isEmpty();
    } catch (ImportException e) {
      LOG.warn("Whether {} waits for room is not known", name, e);
      return false;
    }
  }

  /** Whatever becomes of that, its outcome decides how the run ended. */
  private void stop(Application application) throws InterruptedException {
    terminal.err().println("Stopping " + application.id() + ": taking a savepoint");
    try {
      if (!applications.stop(application.id())) {
        terminal.err().println("No savepoint could be taken; the checkpoint before it stands.");
      }
    } catch (RuntimeException e) {
      LOG.warn("{} could not be stopped", application.id(), e);
      terminal.err().println("warning: " + FailurePrinter.classified(e).problem());
      terminal
          .err()
          .println(
              "Waiting for the end of the application; a second signal ends this command alone.");
    }
  }
}
