package io.dynaload.transform;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.util.List;
import java.util.Map;

/** The keys of a step in the file. */
final class StepKeys {
  static final Key<String> WHERE =
      Key.text("where")
          .example("size(item.order_id) > 0")
          .describedAs("A condition: items for which it does not hold are left out.");
  static final Key<List<String>> SELECT =
      Key.texts("select")
          .example("[id, address.city]")
          .describedAs("The attributes, or parts of maps, to keep; all others are removed.");
  static final Key<List<String>> DROP =
      Key.texts("drop")
          .example("[note, address.street]")
          .describedAs("The attributes, or parts of maps, to remove.");
  static final Key<Map<String, String>> RENAME =
      Key.textMap("rename")
          .example("{old_name: new_name}")
          .describedAs("New names of attributes, all given at once.");
  static final Key<Map<String, String>> CAST =
      Key.textMap("cast")
          .example("{price: N, tags: SS}")
          .describedAs("New types of attributes: S, N, B, BOOL, L, SS, NS or BS.");
  static final Key<Map<String, String>> SET =
      Key.textMap("set")
          .example("{total: item.price * item.quantity}")
          .describedAs(
              "New values of attributes, as expressions over the item as it was before the step.");
  static final Key<Map<String, String>> DEFAULT =
      Key.textMap("default")
          .example("{currency: \"'EUR'\"}")
          .describedAs("As `set`, for attributes that an item lacks.");
  static final Key<Section> KEY_SUFFIX =
      Key.section("key-suffix", KeySuffixKeys.KEYS)
          .describedAs("Spreads a partition key over several: appends a number to it.");
  static final Key<String> SPLIT =
      Key.text("split")
          .example("item.lines.map(l, {'id': item.id, 'line': l.number})")
          .describedAs("A list of maps: each becomes an item, in place of the one before.");
  static final Key<String> WHEN =
      Key.text("when")
          .example("item.type == 'order'")
          .describedAs("A condition: the step is done only for items for which it holds.");
  static final Key<OnError> ON_ERROR =
      Key.choice("on-error", OnError.class)
          .defaultsTo(OnError.REJECT)
          .describedAs(
              "What becomes of an item for which the step fails: `reject` puts it into the dead"
                  + " letters as it was before the first step, `drop` leaves it out, `keep` lets it"
                  + " go on as it was before this step.");

  /** What a step can do; it does one of these. */
  static final List<Key<?>> OPERATIONS =
      List.of(WHERE, SELECT, DROP, RENAME, CAST, SET, DEFAULT, KEY_SUFFIX, SPLIT);

  static final Keys KEYS = Keys.of(OPERATIONS.toArray(Key<?>[]::new)).and(WHEN, ON_ERROR);

  /** The keys below {@code key-suffix}. */
  static final class KeySuffixKeys {
    static final Key<String> ATTRIBUTE =
        Key.text("attribute")
            .example("pk")
            .describedAs("The text attribute that the number is appended to. Required.");
    static final Key<Integer> SHARDS =
        Key.integer("shards")
            .example("10")
            .between(2, 100_000)
            .describedAs("How many numbers there are, from 0. Required.");
    static final Key<String> BY =
        Key.text("by")
            .defaultsTo("sort-key")
            .describedAs(
                "The attribute that the number is computed of; `sort-key` is the target's sort"
                    + " key, whatever its name.");
    static final Key<String> SEPARATOR =
        Key.text("separator").defaultsTo(".").describedAs("What stands before the number.");

    static final Keys KEYS = Keys.of(ATTRIBUTE, SHARDS, BY, SEPARATOR);

    private KeySuffixKeys() {}
  }

  private StepKeys() {}
}
