package io.dynaload.pipeline;

import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.rebalance.Route;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.sink.WriteMode;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.transform.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which way the items go, so that all versions of one item in the table meet in one writer, in the
 * order in which the source gave them, and nothing is ordered that need not be:
 *
 * <pre>
 * rows of the source                    transform leaves   to the transform     to the sink
 * each an item of its own               the source's key   evenly               straight
 * several may be versions of one item   the table's key    by the table's key   straight
 * no two with the same key                                 evenly               by the table's key
 * known keys that may repeat                               by the source's key  by the table's key
 * unknown keys that may repeat                             by unit              by the table's key
 * </pre>
 *
 * <p>The first line that holds counts. A row is an item of its own if no other has its key at the
 * source, and all of this key is part of the table's.
 */
record Routes(Route toTransform, Route toSink) {
  static Routes of(SourceTraits traits, SourceSchema schema, KeySchema table, Changes changes) {
    if (traits.uniqueKeys() && tellsRowsApart(table, schema) && changes.spare(schema.keys())) {
      return new Routes(new Route.Evenly(), new Route.Straight());
    }
    Route byTableKey = new Route.ByTableKey(table);
    if (changes.spare(names(table))) {
      return new Routes(byTableKey, new Route.Straight());
    }
    return new Routes(traits.uniqueKeys() ? new Route.Evenly() : bySource(schema), byTableKey);
  }

  private static Route bySource(SourceSchema schema) {
    List<KeyAttribute> attributes = new ArrayList<>();
    for (String name : schema.keys()) {
      KeyType type = schema.keyType(name);
      if (type == null) {
        return new Route.ByUnit();
      }
      attributes.add(new KeyAttribute(name, type));
    }
    return attributes.isEmpty() ? new Route.ByUnit() : new Route.BySourceKey(attributes);
  }

  /**
   * What the user should know: rows that differ at the source may be one item in the table, and no
   * order of them is known.
   */
  static Optional<String> warning(
      SourceSchema schema, DynamoDbSinkConfig sink, KeySchema table, Changes changes) {
    boolean decided = sink.writing().mode().mode() == WriteMode.NEWER_WINS;
    if (decided
        || schema.keys().isEmpty()
        || tellsRowsApart(table, schema)
        || !changes.spare(names(table))) {
      return Optional.empty();
    }
    return Optional.of(
        "the source tells rows apart by "
            + String.join(", ", schema.keys())
            + ", the table "
            + sink.table()
            + " by "
            + String.join(", ", names(table))
            + ". Rows that are equal in these become one item, and which of them it is depends on"
            + " the order in which they are read, which need not be theirs at the source. To decide"
            + " it, set sink.write-mode: newer-wins.");
  }

  private static boolean tellsRowsApart(KeySchema table, SourceSchema schema) {
    return !schema.keys().isEmpty() && names(table).containsAll(schema.keys());
  }

  private static List<String> names(KeySchema table) {
    KeyAttribute sort = table.sort();
    return sort == null
        ? List.of(table.partition().name())
        : List.of(table.partition().name(), sort.name());
  }

  /** The same text means the same ways. */
  @Override
  public String toString() {
    return "to the transform " + toTransform + ", to the sink " + toSink;
  }
}
