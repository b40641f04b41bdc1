package io.dynaload.source;

import io.dynaload.item.KeyType;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source knows of its items before it reads them.
 *
 * @param attributes name to DynamoDB type (S, N, B, BOOL, M, …), in order; empty where items have
 *     no fixed form
 * @param keys the names of the attributes that identify a row at the source, first one first; empty
 *     where it does not know
 * @param warnings what the user should know before the import runs, each a sentence or two
 * @param undecided the same, unless the write mode decides which of several items with one key
 *     stays
 */
public record SourceSchema(
    Map<String, String> attributes,
    List<String> keys,
    List<String> warnings,
    List<String> undecided)
    implements Serializable {
  public SourceSchema(Map<String, String> attributes, List<String> keys, List<String> warnings) {
    this(attributes, keys, warnings, List.of());
  }

  public SourceSchema(Map<String, String> attributes, List<String> keys) {
    this(attributes, keys, List.of());
  }

  /** Whether the attributes are known, so that a missing one is a mistake in the file. */
  public boolean isKnown() {
    return !attributes.isEmpty();
  }

  /** The type as a key can have it, or null where the attribute is unknown or cannot be a key. */
  public @Nullable KeyType keyType(String attribute) {
    String type = attributes.get(attribute);
    if (type == null) {
      return null;
    }
    return switch (type) {
      case "S" -> KeyType.S;
      case "N" -> KeyType.N;
      case "B" -> KeyType.B;
      default -> null;
    };
  }
}
