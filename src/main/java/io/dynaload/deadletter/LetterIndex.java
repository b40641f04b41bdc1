package io.dynaload.deadletter;

import io.dynaload.item.Origin;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which of the letters in some files count: of each id the newest one. Made by reading all of them
 * once; it holds some 400 bytes a letter. Immutable.
 */
public final class LetterIndex {
  /**
   * A letter that counts.
   *
   * @param run the place of its run among the files' runs
   */
  private record Entry(LetterPlace place, int run, Origin origin, Rejected rejected, Instant time) {
    Part part() {
      return new Part(run, origin.unit());
    }
  }

  /** Of a rejection, what is asked for of all letters. */
  private record Rejected(Stage stage, Form form) {
    static Rejected of(Rejection rejection) {
      return new Rejected(rejection.stage(), rejection.form());
    }
  }

  /** What a run read of a part of the source. */
  private record Part(int run, String unit) {}

  private final Map<String, Entry> entries;

  private LetterIndex(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /**
   * Reads the files.
   *
   * @param files as {@link DeadLetterStore#toReplay} names them
   * @throws io.dynaload.error.ImportException (CONFIGURATION) with the first line that is no letter
   */
  public static LetterIndex of(List<String> files) throws IOException {
    Map<String, Entry> entries = new HashMap<>();
    Map<String, Integer> runs = new HashMap<>();
    Map<String, String> units = new HashMap<>();
    for (String file : files) {
      String folder = String.valueOf(new Path(file).getParent());
      int run = runs.computeIfAbsent(folder, any -> runs.size());
      try (DeadLetterReader reader = new DeadLetterReader(file)) {
        @Nullable DeadLetter letter;
        while ((letter = reader.next()) != null) {
          Origin origin = letter.replayOrigin();
          String unit = units.computeIfAbsent(origin.unit(), same -> same); // kept once
          entries.merge(
              letter.id(),
              new Entry(
                  new LetterPlace(file, reader.offset(), reader.line()),
                  run,
                  new Origin(unit, origin.position()),
                  Rejected.of(letter.item().rejection()),
                  letter.time()),
              LetterIndex::newer);
        }
      }
    }
    return new LetterIndex(entries);
  }

  private static Entry newer(Entry one, Entry next) {
    return next.time().isBefore(one.time()) ? one : next;
  }

  /** How many letters count. */
  public long size() {
    return entries.size();
  }

  /** How many of those count that this stage rejected. */
  public long size(Stage stage) {
    return entries.values().stream().filter(entry -> entry.rejected().stage() == stage).count();
  }

  /** How many of those count that hold what a source could not read, and no item. */
  public long withoutItem() {
    return entries.values().stream().filter(entry -> entry.rejected().form() == Form.RAW).count();
  }

  /**
   * The letters that count, in the order in which the source gave their items as far as it has one:
   * those of a run after those of earlier ones; within a run, those of a part of the source by
   * their positions, whichever writer rejected them.
   *
   * @param stages only those that one of these rejected
   */
  public List<LetterPlace> inOrder(Set<Stage> stages) {
    Map<Part, Instant> begun = new HashMap<>();
    for (Entry entry : entries.values()) {
      begun.merge(entry.part(), entry.time(), (a, b) -> a.isBefore(b) ? a : b);
    }
    return entries.values().stream()
        .filter(entry -> stages.contains(entry.rejected().stage()))
        .sorted(
            Comparator.comparingInt(Entry::run)
                .thenComparing(entry -> begun.getOrDefault(entry.part(), Instant.MAX))
                .thenComparing(entry -> entry.origin().unit())
                .thenComparingLong(entry -> entry.origin().position()))
        .map(Entry::place)
        .toList();
  }
}
