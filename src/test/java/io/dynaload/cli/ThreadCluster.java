package io.dynaload.cli;

import static java.util.Objects.requireNonNull;

import io.dynaload.emr.ApplicationMaster;
import io.dynaload.emr.Applications;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A cluster whose applications are threads of this process, each with a Flink cluster of its own:
 * their masters run the real program. A test that needs a cluster with faults extends it.
 */
class ThreadCluster implements Applications {
  final List<String> begun = new ArrayList<>();
  private final Map<String, FutureTask<Void>> applications = new LinkedHashMap<>();

  @Override
  public synchronized List<Application> unfinished(String name) {
    return applications.keySet().stream()
        .map(this::now)
        .filter(each -> !each.state().isOver())
        .filter(each -> begun.contains(name))
        .toList();
  }

  @Override
  public synchronized Application begin(String name, String folder) throws InterruptedException {
    begun.add(name);
    String id = "application_" + begun.size();
    FutureTask<Void> master =
        new FutureTask<>(
            () -> {
              ApplicationMaster.main(new String[] {folder});
              return null;
            });
    applications.put(id, master);
    new Thread(master, id).start();
    return now(id);
  }

  @Override
  public synchronized Application look(String id) {
    return now(id);
  }

  /** Waits for the ends of all. */
  void awaitAll() throws Exception {
    List<FutureTask<Void>> all;
    synchronized (this) {
      all = List.copyOf(applications.values());
    }
    for (FutureTask<Void> each : all) {
      each.get();
    }
  }

  private Application now(String id) {
    FutureTask<Void> master = requireNonNull(applications.get(id));
    if (!master.isDone()) {
      return new Application(id, State.RUNNING, "");
    }
    try {
      master.get();
      return new Application(id, State.SUCCEEDED, "");
    } catch (ExecutionException e) {
      return new Application(id, State.FAILED, "exit code 1");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean stop(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
