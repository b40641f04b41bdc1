package io.dynaload.source.scan;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a table is read, in DynamoDB's own words.
 *
 * @param index that is read in the table's place
 * @param projection which attributes; null for all
 * @param filter which items; null for all
 * @param attributes that are asked for, without a projection of the file's; empty for all. No part
 *     of what the file says of the source.
 */
record ScanQuery(
    boolean consistentRead,
    @Nullable String index,
    @Nullable String projection,
    @Nullable String filter,
    Placeholders placeholders,
    List<String> attributes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Key<Boolean> CONSISTENT_READ =
      Key.flag("consistent-read")
          .defaultsTo(false)
          .describedAs(
              "Whether each page has all that was written before it was read, at twice the cost.");

  static final Key<String> INDEX =
      Key.text("index")
          .example("by-time")
          .describedAs(
              "Reads this secondary index in the table's place: the items that are in it, with the"
                  + " attributes that it has.");

  static final Key<String> PROJECTION =
      Key.text("projection")
          .example("'id, #d, address.city'")
          .describedAs(
              "A projection expression: reads these attributes alone. The key's are read anyway. It"
                  + " saves no read units.");

  static final Key<String> FILTER =
      Key.text("filter")
          .example("'attribute_exists(email) AND amount > :least'")
          .describedAs(
              "A filter expression: gives these items alone. It saves no read units: DynamoDB"
                  + " counts the items that it leaves out, too.");

  static final Keys KEYS =
      Keys.of(CONSISTENT_READ, INDEX, PROJECTION, FILTER).and(Placeholders.KEYS);

  /** All items of a table, with all their attributes. */
  static final ScanQuery ALL = new ScanQuery(false, null, null, null, Placeholders.NONE);

  ScanQuery {
    attributes = List.copyOf(attributes);
  }

  ScanQuery(
      boolean consistentRead,
      @Nullable String index,
      @Nullable String projection,
      @Nullable String filter,
      Placeholders placeholders) {
    this(consistentRead, index, projection, filter, placeholders, List.of());
  }

  static ScanQuery of(Section section) {
    return new ScanQuery(
        section.get(CONSISTENT_READ),
        section.find(INDEX).orElse(null),
        section.find(PROJECTION).orElse(null),
        section.find(FILTER).orElse(null),
        Placeholders.of(section));
  }

  ScanQuery project(List<String> wanted) {
    return new ScanQuery(consistentRead, index, projection, filter, placeholders, wanted);
  }

  boolean hasExpressions() {
    return projection != null || filter != null;
  }

  @Override
  public String toString() {
    return (consistentRead ? ", consistently" : "")
        + (index == null ? "" : ", by the index " + index)
        + (projection == null ? "" : ", projection " + projection)
        + (filter == null ? "" : ", filter " + filter)
        + placeholders;
  }
}
