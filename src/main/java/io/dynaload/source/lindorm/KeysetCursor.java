package io.dynaload.source.lindorm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
 * one is the end of the split. For a descending column the comparison is flipped.
 *
 * <p>Every statement bounds the first key column on both sides, which Lindorm asks for. Sends
 * nothing itself; not thread-safe.
 */
final class KeysetCursor {
  private final Selection selection;
  private final List<KeyColumn> key;
  private final KeyRange range;
  private List<KeyValue> last;

  /** How many key columns the next statement compares: all but the last of them by equality. */
  private int depth;

  KeysetCursor(Selection selection, LindormSplit split) {
    this.selection = selection;
    this.key = split.key();
    this.range = split.range();
    this.last = split.position();
    this.depth = last.isEmpty() ? 1 : key.size();
  }

  /** The next statement, the same until its outcome is told; empty at the end of the split. */
  Optional<PageQuery> query() {
    if (depth == 0) {
      return Optional.empty();
    }
    return Optional.of(selection.page(conditions(), key.subList(depth - 1, key.size())));
  }

  /** The statement gave rows, of which this key was the last one's. */
  void reached(List<KeyValue> lastKey) {
    last = List.copyOf(lastKey);
    depth = key.size();
  }

  /** The statement gave no row. */
  void exhausted() {
    depth--;
  }

  private List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < depth - 1; i++) {
      conditions.add(Condition.on(key.get(i), Condition.Operator.EQUAL, last.get(i)));
    }
    if (depth == 1) {
      addRange(conditions);
    } else {
      conditions.add(beyond(depth - 1));
    }
    return conditions;
  }

  /** The first key column within the split, beyond the last key if there is one. */
  private void addRange(List<Condition> conditions) {
    KeyColumn first = key.get(0);
    boolean begun = !last.isEmpty();
    conditions.add(
        begun && !first.descending()
            ? beyond(0)
            : Condition.on(first, Condition.Operator.AT_LEAST, range.lower()));
    Condition.Operator upper =
        range.upperInclusive() ? Condition.Operator.AT_MOST : Condition.Operator.LESS;
    conditions.add(
        begun && first.descending() ? beyond(0) : Condition.on(first, upper, range.upper()));
  }

  private Condition beyond(int column) {
    KeyColumn compared = key.get(column);
    return Condition.on(
        compared,
        compared.descending() ? Condition.Operator.LESS : Condition.Operator.GREATER,
        last.get(column));
  }
}
