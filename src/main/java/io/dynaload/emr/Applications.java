package io.dynaload.emr;

import java.util.List;

/**
 * Runs of imports as applications of a cluster. Thread-safe. What is wrong with the cluster is an
 * {@link io.dynaload.error.ImportException}; what may pass is waited for.
 */
public interface Applications extends AutoCloseable {
  /** Where an application is. */
  enum State {
    /** It was submitted; its master does not run yet. */
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    KILLED;

    public boolean isOver() {
      return this != WAITING && this != RUNNING;
    }
  }

  /**
   * An application at a moment.
   *
   * @param id by which the cluster knows it
   * @param diagnostics what the cluster says of it; empty if nothing
   */
  record Application(String id, State state, String diagnostics) {}

  /** Those of a name that are not over. */
  List<Application> unfinished(String name);

  /**
   * Submits an application, and returns as soon as its master runs, or it is over.
   *
   * @param folder of the run that it does
   */
  Application begin(String name, String folder) throws InterruptedException;

  /** One application, as it is now. */
  Application look(String id) throws InterruptedException;

  /**
   * Has an application's job take a savepoint in its run's folder, and cancels the job; its end
   * follows. One that does not run yet is killed; of one that runs but has no job yet, the job is
   * waited for, and after some minutes the application is killed.
   *
   * @return whether there is a savepoint; if there is none, it was cancelled or killed all the
   *     same, or has come to its end by itself
   */
  boolean stop(String id) throws InterruptedException;

  @Override
  void close();
}
