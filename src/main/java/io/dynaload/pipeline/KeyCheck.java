package io.dynaload.pipeline;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.source.SourceSchema;
import io.dynaload.transform.Transform;

/** Finds out before anything is written whether the source's rows can have the table's key. */
final class KeyCheck {
  private KeyCheck() {}

  /**
   * @throws ImportException (CONFIGURATION) if a key attribute is missing or of another type
   */
  static void check(SourceSchema schema, String table, KeySchema keys) {
    if (!schema.isKnown()) {
      return;
    }
    check(schema, table, "partition key", keys.partition());
    KeyAttribute sort = keys.sort();
    if (sort != null) {
      check(schema, table, "sort key", sort);
    }
  }

  private static void check(SourceSchema schema, String table, String role, KeyAttribute key) {
    String type = schema.attributes().get(key.name());
    if (type == null) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The rows have no '" + key.name() + "', the " + role + " of the table " + table,
          "Add it to source.columns, or choose a table with another key. The rows have: "
              + String.join(", ", schema.attributes().keySet())
              + ".");
    }
    if (type.equals(Transform.ANY_TYPE)) {
      return;
    }
    KeyType found = schema.keyType(key.name());
    if (found != key.type()) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "'"
              + key.name()
              + "' of the rows is of type "
              + type
              + ", but the "
              + role
              + " of the table "
              + table
              + " is of type "
              + key.type(),
          "Choose a table whose " + role + " is " + key.name() + ":" + type + ".");
    }
  }
}
