package io.dynaload.pipeline;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.source.SourceSchema;
import java.util.List;

/** For a trial without AWS: the key that a table would have if it were like the source's. */
final class KeyGuess {
  private KeyGuess() {}

  /**
   * @throws ImportException (CONFIGURATION) if the source's key is unknown or has more than two
   *     parts
   */
  static KeySchema of(SourceSchema schema) {
    List<String> keys = schema.keys();
    if (keys.isEmpty() || keys.size() > 2) {
      throw undecided(
          keys.isEmpty()
              ? "the source's key is not known"
              : "the source's key has " + keys.size() + " parts, a table's at most two");
    }
    return new KeySchema(
        attribute(schema, keys.get(0)), keys.size() == 1 ? null : attribute(schema, keys.get(1)));
  }

  private static KeyAttribute attribute(SourceSchema schema, String name) {
    KeyType type = schema.keyType(name);
    if (type == null) {
      throw undecided("the rows have no " + name + " that can be a key");
    }
    return new KeyAttribute(name, type);
  }

  private static ImportException undecided(String why) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "The table's key cannot be told from the source: " + why,
        "Say it in the file: sink.create-table: {partition-key: id:S, sort-key: ts:N}.");
  }
}
