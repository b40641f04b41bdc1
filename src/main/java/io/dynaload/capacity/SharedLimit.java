package io.dynaload.capacity;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Limits that several jobs of this process divide among themselves: each job that runs has the same
 * share of it, and when one begins or ends, the shares of the others change at once. Thread-safe.
 */
public final class SharedLimit implements AutoCloseable {
  private static final Map<String, Set<DividedLimit>> OPEN = new HashMap<>();

  private final Collection<String> ids;

  /**
   * A job's share of a limit; part of the job graph.
   *
   * @param id of the limit
   * @param most jobs that share it at a time; so many parts are made of it where nobody keeps count
   *     of the jobs: in another process than that which opened it
   */
  public record Share(String id, int most) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private SharedLimit(Collection<String> ids) {
    this.ids = ids;
  }

  /** From now on this process keeps count of the jobs that share these limits. */
  public static SharedLimit open(Collection<String> ids) {
    synchronized (OPEN) {
      ids.forEach(id -> OPEN.putIfAbsent(id, new LinkedHashSet<>()));
    }
    return new SharedLimit(ids);
  }

  /** A job begins. What the others have left is its own only after they were told. */
  static void join(Share share, DividedLimit job) {
    synchronized (OPEN) {
      Set<DividedLimit> jobs = OPEN.get(share.id());
      if (jobs == null) {
        job.divideBy(share.most());
        return;
      }
      int count = jobs.size() + 1;
      jobs.forEach(other -> other.divideBy(count));
      job.divideBy(count);
      jobs.add(job);
    }
  }

  /** A job has ended; nothing happens if it had not begun. */
  static void leave(Share share, DividedLimit job) {
    synchronized (OPEN) {
      Set<DividedLimit> jobs = OPEN.getOrDefault(share.id(), Set.of());
      if (jobs.contains(job)) {
        jobs.remove(job);
        jobs.forEach(other -> other.divideBy(jobs.size()));
      }
    }
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      OPEN.keySet().removeAll(ids);
    }
  }
}
