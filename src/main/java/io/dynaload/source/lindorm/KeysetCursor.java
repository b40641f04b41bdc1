package io.dynaload.source.lindorm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pages through a split in key order, from the key of the last row, without OFFSET, OR or tuples.
 * The rows after the key (a, b, c) are those of
 *
 * <pre>
 *   p1 = a AND p2 = b AND p3 &gt; c    ORDER BY p3
 *   p1 = a AND p2 &gt; b               ORDER BY p2, p3
 *   p1 &gt; a AND p1 &lt; upper           ORDER BY p1, p2, p3
 * </pre>
 *
 * in this order. A page that holds rows leads back to the first of them with a new key; only an
 * empty page leads on to the next, because a server may cut a page short. An empty page of the last
 * one is the end of the split. For a descending column the comparison is flipped. Where the split
 * holds the first columns equal, the last of the three forms is that of the column after them.
 *
 * <p>A statement that is too slow even for a few rows is cut by {@link #bisect}, which bounds the
 * column that it compares on both sides.
 *
 * <p>Sends nothing itself; not thread-safe.
 */
final class KeysetCursor {
  private final Selection selection;
  private final List<KeyColumn> key;
  private final KeyRange range;

  /** For each key column, what of it is being read. */
  private final List<KeyWindows> windows;

  private List<KeyValue> last;

  /** How many key columns the next statement compares: all but the last of them by equality. */
  private int depth;

  KeysetCursor(Selection selection, LindormSplit split) {
    this.selection = selection;
    this.key = split.key();
    this.range = split.range();
    this.windows = Stream.generate(KeyWindows::new).limit(key.size()).toList();
    this.last = split.position();
    this.depth = last.isEmpty() ? outermost() : key.size();
  }

  /** The depth of the statement over the split's range. */
  private int outermost() {
    return range.prefix().size() + 1;
  }

  /** The next statement, the same until its outcome is told; empty at the end of the split. */
  Optional<PageQuery> query(int limit) {
    if (depth < outermost()) {
      return Optional.empty();
    }
    return Optional.of(selection.page(conditions(), key.subList(depth - 1, key.size()), limit));
  }

  /** The statement gave rows, of which this key was the last one's. */
  void reached(List<KeyValue> lastKey) {
    for (int column = 0; column < windows.size(); column++) {
      if (isOutermost(column) || samePrefix(lastKey, column)) {
        windows.get(column).reached();
      } else {
        windows.get(column).clear();
      }
    }
    last = List.copyOf(lastKey);
    depth = key.size();
  }

  private boolean samePrefix(List<KeyValue> lastKey, int columns) {
    return !last.isEmpty() && last.subList(0, columns).equals(lastKey.subList(0, columns));
  }

  /** The statement gave no row. */
  void exhausted() {
    if (depth > key.size() || !windows.get(depth - 1).next()) {
      depth--;
    }
  }

  /**
   * Halves the range of the next statement; the other half is read after it.
   *
   * @return false if it cannot be halved
   */
  boolean bisect() {
    if (depth > key.size()) {
      return false;
    }
    int column = depth - 1;
    KeyValue lower =
        lower(column)
            .map(Condition::value)
            .or(() -> filter(column, Condition.Operator.AT_LEAST))
            .orElse(null);
    KeyValue upper =
        upper(column)
            .map(Condition::value)
            .or(() -> filter(column, Condition.Operator.LESS))
            .orElse(null);
    return windows.get(column).bisect(lower, upper);
  }

  /** What the time range says of a key column, within what the column can hold. */
  private Optional<KeyValue> filter(int column, Condition.Operator operator) {
    return selection
        .filter(key.get(column).name(), operator)
        .map(condition -> key.get(column).type().nearest(condition.value()));
  }

  private List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    List<KeyValue> equal = depth == outermost() ? range.prefix() : last.subList(0, depth - 1);
    for (int i = 0; i < equal.size(); i++) {
      conditions.add(Condition.on(key.get(i), Condition.Operator.EQUAL, equal.get(i)));
    }
    if (depth <= key.size()) {
      lower(depth - 1).ifPresent(conditions::add);
      upper(depth - 1).ifPresent(conditions::add);
    }
    return conditions;
  }

  /** What bounds a column from below, by value. */
  private Optional<Condition> lower(int column) {
    KeyValue end = windows.get(column).end();
    if (key.get(column).descending() && end != null) {
      return condition(column, Condition.Operator.AT_LEAST, end);
    }
    if (!key.get(column).descending()) {
      Optional<Condition> begin =
          begin(column, Condition.Operator.AT_LEAST, Condition.Operator.GREATER);
      if (begin.isPresent()) {
        return begin;
      }
    }
    return isOutermost(column)
        ? condition(column, Condition.Operator.AT_LEAST, range.lower())
        : Optional.empty();
  }

  /** What bounds a column from above, by value. */
  private Optional<Condition> upper(int column) {
    KeyValue end = windows.get(column).end();
    if (!key.get(column).descending() && end != null) {
      return condition(column, Condition.Operator.LESS, end);
    }
    if (key.get(column).descending()) {
      Optional<Condition> begin = begin(column, Condition.Operator.LESS, Condition.Operator.LESS);
      if (begin.isPresent()) {
        return begin;
      }
    }
    Condition.Operator upper =
        range.upperInclusive() ? Condition.Operator.AT_MOST : Condition.Operator.LESS;
    return isOutermost(column) ? condition(column, upper, range.upper()) : Optional.empty();
  }

  /** From where on the rows are not read yet: from the window's begin or behind the last row. */
  private Optional<Condition> begin(
      int column, Condition.Operator fromWindow, Condition.Operator beyondLast) {
    KeyValue start = windows.get(column).start();
    if (start != null) {
      return condition(column, fromWindow, start);
    }
    return last.isEmpty() ? Optional.empty() : condition(column, beyondLast, last.get(column));
  }

  private boolean isOutermost(int column) {
    return column == outermost() - 1;
  }

  private Optional<Condition> condition(
      int column, Condition.Operator operator, @Nullable KeyValue value) {
    return value == null
        ? Optional.empty()
        : Optional.of(Condition.on(key.get(column), operator, value));
  }
}
