package io.dynaload.transform.expression;

import io.dynaload.item.Item;
import io.dynaload.item.ItemDraft;
import io.dynaload.item.Origin;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an expression sees: an item, where it comes from, and the time of the run. */
public final class Scope {
  private static final Origin NOWHERE = new Origin("", 0);

  private final BigDecimal now;
  private final Function<String, String> tables;
  private final boolean ofLetters;
  private final ItemDraft draft = new ItemDraft();
  private Origin origin = NOWHERE;
  private @Nullable Object[] locals = new Object[8];

  /**
   * @param now the time of the run
   * @param tables tells the table that the items of a unit come from, or an empty text
   * @param ofLetters whether the items are dead letters, whose origin names their import's run
   *     before their own
   */
  public Scope(Instant now, Function<String, String> tables, boolean ofLetters) {
    this.now = BigDecimal.valueOf(now.getEpochSecond());
    this.tables = tables;
    this.ofLetters = ofLetters;
  }

  /**
   * Turns to a put or a delete.
   *
   * @param from where it comes from; not its own origin if it was made by a step
   */
  public void begin(Item item, Origin from) {
    draft.begin(item);
    origin = from;
  }

  /** The item as the steps before have left it. */
  public ItemDraft draft() {
    return draft;
  }

  /** Seconds since 1970, whole ones. */
  BigDecimal now() {
    return now;
  }

  String table() {
    return tables.apply(file());
  }

  /** The part of the source that the item comes from: a file, a split. */
  String file() {
    String unit = origin.unit();
    return ofLetters ? unit.substring(unit.indexOf('/') + 1) : unit;
  }

  @Nullable Object local(int index) {
    return locals[index];
  }

  void local(int index, Object value) {
    if (index >= locals.length) {
      locals = Arrays.copyOf(locals, index * 2);
    }
    locals[index] = value;
  }
}
