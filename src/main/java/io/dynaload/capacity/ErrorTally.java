package io.dynaload.capacity;

import io.dynaload.capacity.LeaseRequest.Asker;
import io.dynaload.capacity.LeaseRequest.Tally;
import java.util.HashMap;
import java.util.Map;

/**
 * Sums up what the subtasks tell of their items. Each tells what it has counted over its whole
 * life, so nothing is counted twice, whatever is told again. Not thread-safe.
 */
final class ErrorTally {
  private record Entry(int attempt, Tally tally) {}

  private final Map<Integer, Entry> bySubtask = new HashMap<>();

  /** Replaces what the subtask told before, unless that was a later attempt of it. */
  void tell(Asker asker, Tally tally) {
    Entry known = bySubtask.get(asker.subtask());
    if (known == null || known.attempt() <= asker.attempt()) {
      bySubtask.put(asker.subtask(), new Entry(asker.attempt(), tally));
    }
  }

  /** Forgets all; the restored subtasks tell again. */
  void clear() {
    bySubtask.clear();
  }

  Tally total() {
    return bySubtask.values().stream().map(Entry::tally).reduce(Tally.NONE, Tally::plus);
  }
}
