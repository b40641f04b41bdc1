package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A primary key as text that is the same exactly if DynamoDB takes two keys for the same. In the
 * order of the partitions' hashes, as Scan gives them.
 *
 * @param sort empty if the table has no sort key
 */
public record ModelKey(String partition, String sort) implements Comparable<ModelKey> {
  private static final int PARTITION_BYTES = 2048;
  private static final int SORT_BYTES = 1024;
  private static final Comparator<ModelKey> ORDER =
      Comparator.comparingInt(ModelKey::hash)
          .thenComparing(ModelKey::partition)
          .thenComparing(ModelKey::sort);

  /** The key of an item whose values are valid. */
  static ModelKey of(KeySchema schema, JsonNode item) throws ServiceError {
    KeyAttribute sort = schema.sort();
    return new ModelKey(
        text(schema.partition(), item, PARTITION_BYTES),
        sort == null ? "" : text(sort, item, SORT_BYTES));
  }

  /** Of a key that stands alone, with nothing beside it. */
  static ModelKey ofKey(KeySchema schema, JsonNode key) throws ServiceError {
    if (key.size() != (schema.sort() == null ? 1 : 2)) {
      throw ServiceError.invalid("The provided key element does not match the schema");
    }
    return of(schema, key);
  }

  private static String text(KeyAttribute attribute, JsonNode item, int longest)
      throws ServiceError {
    @Nullable JsonNode value = item.get(attribute.name());
    if (value == null) {
      throw ServiceError.invalid(
          "One or more parameter values were invalid: Missing the key "
              + attribute.name()
              + " in the item");
    }
    @Nullable JsonNode typed = value.get(attribute.type().name());
    if (typed == null) {
      throw ServiceError.invalid(
          "One or more parameter values were invalid: Type mismatch for key " + attribute.name());
    }
    int size = ItemRules.scalarSize(attribute.type().name(), typed);
    if (attribute.type() != KeyType.N && (size == 0 || size > longest)) {
      throw ServiceError.invalid(
          "One or more parameter values were invalid: Size of key "
              + attribute.name()
              + " is "
              + size);
    }
    return canonical(attribute.type(), typed.textValue());
  }

  static String canonical(KeyType type, String text) {
    return switch (type) {
      case S -> "S" + text;
      case N -> {
        BigDecimal number = new BigDecimal(text);
        yield "N" + (number.signum() == 0 ? "0" : number.stripTrailingZeros().toString());
      }
      case B -> "B" + HexFormat.of().formatHex(ItemRules.decoded(text));
    };
  }

  /** Which of so many partitions it lies in. */
  int partitionOf(int partitions) {
    return Math.floorMod(hash(), partitions);
  }

  private int hash() {
    int h = partition.hashCode() * 0x9e3779b9;
    return (h ^ h >>> 15) * 0x85ebca6b >>> 1;
  }

  @Override
  public int compareTo(ModelKey that) {
    return ORDER.compare(this, that);
  }
}
