package io.dynaload.source.bounded;

import io.dynaload.capacity.CapacityProbe;
import io.dynaload.capacity.Leases;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A connector whose readers share what may be used of a table a second. The enumerator's process
 * has a desk for each budget, which follows what is asked for and what the table has; the readers
 * lease from it.
 *
 * @param <SplitT> the connector's split
 */
public interface LeasingConnector<SplitT extends SourceSplit> extends BoundedConnector<SplitT> {
  /**
   * What may be used a second; a number of units, of all the connector's budgets together.
   *
   * @param name that readers ask for it by
   * @param probe where it is looked up
   * @param refresh how often
   */
  record SharedBudget(String name, CapacityProbe probe, Duration refresh) {}

  /** Where the readers of a job lease from. Thread-safe. */
  interface Budgets {
    /** The leases of one of {@link #budgets}. */
    Leases of(String name);
  }

  /**
   * Where a reader stands.
   *
   * @param subtask of the job's readers, from 0
   * @param readers how many there are
   */
  record Place(int subtask, int readers, Budgets budgets) {}

  /**
   * All budgets; called once in the process of the enumerator, on the coordinator's thread.
   *
   * @param toClose takes what the probes hold open; it is closed once they are not asked any more
   */
  List<SharedBudget> budgets(Consumer<AutoCloseable> toClose);

  /** A reader for one subtask; called in the process that reads. Opens no connection yet. */
  PageReader<SplitT> reader(Place place);

  /** Never called: its readers have a place. */
  @Override
  default PageReader<SplitT> reader() {
    throw new UnsupportedOperationException("A reader that leases needs a place");
  }
}
