package io.dynaload.sink;

import io.dynaload.capacity.ManualThread;
import io.dynaload.item.CanonicalKey;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.wire.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A table in memory on a test's clock, which answers as it is told and otherwise takes all. Fails
 * the test if a call has too many items, or if two calls with the same key are in flight.
 */
final class ScriptedService implements BatchService {
  record Call(long at, List<Item> items) {
    long units() {
      return items.stream().mapToLong(Item::writeUnits).sum();
    }
  }

  /** Tells from a batch's keys what becomes of it. */
  interface Script extends Function<List<CanonicalKey>, Answer> {}

  private static final Failure INVALID = Failure.answered(400, "ValidationException", "too large");

  private final ManualThread thread;
  private final long latency;
  private final Queue<Script> scripts = new ArrayDeque<>();
  private final Set<CanonicalKey> inFlight = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();
  private final Map<CanonicalKey, Item> table = new HashMap<>();
  private Predicate<Item> refused = item -> false;
  private Predicate<Item> throttled = item -> false;
  private int callsInFlight;
  private int mostInFlight;

  ScriptedService(ManualThread thread, long latency) {
    this.thread = thread;
    this.latency = latency;
  }

  /** What the next calls, in order, lead to. */
  void then(Script... next) {
    scripts.addAll(List.of(next));
  }

  static Script fails(Failure failure) {
    return keys -> new Answer.Failed(failure);
  }

  static Script leaves(int unprocessed) {
    return keys ->
        new Answer.Taken(keys.size() - unprocessed, Set.copyOf(keys.subList(0, unprocessed)));
  }

  /** A batch of more than one item that is refused as invalid; one item alone is taken. */
  static Script refuses() {
    return keys ->
        keys.size() > 1 ? new Answer.Failed(INVALID) : new Answer.Taken(keys.size(), Set.of());
  }

  /** From now on a batch with such an item is refused, unless a script lets it fail otherwise. */
  void refusing(Predicate<Item> items) {
    refused = items;
  }

  /** From now on such items are left undone, unless a script says otherwise. */
  void throttling(Predicate<Item> items) {
    throttled = items;
  }

  private Answer answer(List<Item> items) {
    List<Item> taken = items.stream().filter(throttled.negate()).toList();
    Set<CanonicalKey> undone =
        items.stream()
            .filter(throttled)
            .map(ScriptedService::keyOf)
            .collect(Collectors.toUnmodifiableSet());
    return new Answer.Taken(units(taken), undone);
  }

  @Override
  public void call(List<Item> items, Consumer<Answer> whenAnswered) {
    if (items.isEmpty() || items.size() > Limits.BATCH_ITEMS) {
      throw new AssertionError("A batch of " + items.size());
    }
    calls.add(new Call(thread.nanoTime(), List.copyOf(items)));
    List<CanonicalKey> keys = items.stream().map(ScriptedService::keyOf).toList();
    for (CanonicalKey key : keys) {
      if (!inFlight.add(key)) {
        throw new AssertionError("A key was sent while it was in flight");
      }
    }
    mostInFlight = Math.max(mostInFlight, ++callsInFlight);
    Script script = scripts.poll();
    Answer answer = script == null ? answer(items) : script.apply(keys);
    if (answer instanceof Answer.Taken && items.stream().anyMatch(refused)) {
      answer = new Answer.Failed(INVALID);
    }
    Answer ended = answer;
    thread.schedule(latency, () -> end(items, keys, ended, whenAnswered));
  }

  private void end(
      List<Item> items, List<CanonicalKey> keys, Answer answer, Consumer<Answer> whenAnswered) {
    callsInFlight--;
    keys.forEach(inFlight::remove);
    if (answer instanceof Answer.Taken taken) {
      for (int i = 0; i < keys.size(); i++) {
        if (taken.unprocessed().contains(keys.get(i))) {
          continue;
        }
        if (items.get(i).kind() == Item.Kind.DELETE) {
          table.remove(keys.get(i));
        } else {
          table.put(keys.get(i), items.get(i));
        }
      }
    }
    whenAnswered.accept(answer);
  }

  List<Call> calls() {
    return calls;
  }

  Collection<Item> table() {
    return table.values();
  }

  int mostInFlight() {
    return mostInFlight;
  }

  private static long units(List<Item> items) {
    return items.stream().mapToLong(Item::writeUnits).sum();
  }

  private static CanonicalKey keyOf(Item item) {
    try {
      return TestItems.KEYS.keyOf(item);
    } catch (InvalidItemException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {}
}
