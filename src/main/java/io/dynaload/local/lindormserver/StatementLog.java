package io.dynaload.local.lindormserver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What came over the wire and how many rows went back. Keeps the newest 10,000 statements. Safe for
 * use by many threads.
 */
final class StatementLog {
  private static final int CAPACITY = 10_000;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private final AtomicLong rowsSent = new AtomicLong();

  /** One execution of a statement. */
  record Entry(String sql, List<@Nullable Object> parameters, AtomicLong rowsSent) {}

  synchronized Entry add(String sql, List<@Nullable Object> parameters) {
    Entry entry = new Entry(sql, parameters, new AtomicLong());
    if (entries.size() == CAPACITY) {
      entries.removeFirst();
    }
    entries.addLast(entry);
    return entry;
  }

  void sent(Entry entry, long rows) {
    entry.rowsSent.addAndGet(rows);
    rowsSent.addAndGet(rows);
  }

  long rowsSent() {
    return rowsSent.get();
  }

  /** In order of arrival; each as its SQL, its list of parameters and its number of rows. */
  synchronized List<List<Object>> statements() {
    List<List<Object>> copy = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      copy.add(Arrays.asList(entry.sql, entry.parameters, entry.rowsSent.get()));
    }
    return copy;
  }
}
