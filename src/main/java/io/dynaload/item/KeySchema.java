package io.dynaload.item;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of a table, and how the key of an item is found: in one pass over the item's
 * bytes that makes nothing but the key. Immutable and thread-safe.
 */
public final class KeySchema implements Serializable {
  private static final long serialVersionUID = 1L;

  private final KeyAttribute partition;
  private final @Nullable KeyAttribute sort;
  private final byte[] partitionName;
  private final byte[] sortName;

  public KeySchema(KeyAttribute partition, @Nullable KeyAttribute sort) {
    this.partition = partition;
    this.sort = sort;
    this.partitionName = partition.name().getBytes(StandardCharsets.UTF_8);
    this.sortName = sort == null ? new byte[0] : sort.name().getBytes(StandardCharsets.UTF_8);
  }

  public KeyAttribute partition() {
    return partition;
  }

  public @Nullable KeyAttribute sort() {
    return sort;
  }

  /**
   * The key of an item in canonical form.
   *
   * @throws InvalidItemException if a key attribute is missing, of another type, empty or too long
   */
  public CanonicalKey keyOf(Item item) throws InvalidItemException {
    byte[] json = item.json();
    return keyOf(json, 0, json.length);
  }

  /**
   * The key in a DynamoDB JSON map that lies in a larger buffer, such as a response. The map must
   * be well-formed; what is cut short is {@code MALFORMED}.
   *
   * @throws InvalidItemException as {@link #keyOf(Item)}
   */
  public CanonicalKey keyOf(byte[] json, int offset, int length) throws InvalidItemException {
    int end = offset + length;
    int p = Json.skipSpace(json, Json.expect(json, offset, end, '{'), end);
    int partitionAt = -1;
    int sortAt = -1;
    int missing = sort == null ? 1 : 2;
    while (p < end && json[p] != '}') {
      int name = Json.expect(json, p, end, '"');
      int close = Json.stringEnd(json, name, end);
      p = Json.skipSpace(json, Json.expect(json, (close < 0 ? ~close : close) + 1, end, ':'), end);
      if (partitionAt < 0 && Json.textEquals(json, name, close, partitionName)) {
        partitionAt = p;
        missing--;
      } else if (sort != null && sortAt < 0 && Json.textEquals(json, name, close, sortName)) {
        sortAt = p;
        missing--;
      }
      if (missing == 0) {
        break;
      }
      p = Json.skipSpace(json, Json.skipValue(json, p, end), end);
      if (p < end && json[p] == ',') {
        p = Json.skipSpace(json, p + 1, end);
      }
    }
    return key(json, partitionAt, sortAt, end);
  }

  private CanonicalKey key(byte[] json, int partitionAt, int sortAt, int end)
      throws InvalidItemException {
    long partitionText = KeyText.locate(json, partitionAt, end, partition);
    byte[] partitionIn = json;
    if (KeyText.escaped(partitionText)) {
      partitionIn = KeyText.unescape(json, partitionText);
      partitionText = KeyText.whole(partitionIn);
    }
    long partitionMeasure = KeyText.measure(partitionIn, partitionText, partition, 2048);
    int partitionLength = KeyText.length(partitionMeasure, partition);
    if (sort == null) {
      byte[] bytes = new byte[partitionLength];
      KeyText.write(partitionIn, partitionText, partitionMeasure, partition, bytes, 0);
      return new CanonicalKey(bytes, partitionLength);
    }
    long sortText = KeyText.locate(json, sortAt, end, sort);
    byte[] sortIn = json;
    if (KeyText.escaped(sortText)) {
      sortIn = KeyText.unescape(json, sortText);
      sortText = KeyText.whole(sortIn);
    }
    long sortMeasure = KeyText.measure(sortIn, sortText, sort, 1024);
    byte[] bytes = new byte[partitionLength + KeyText.length(sortMeasure, sort)];
    KeyText.write(partitionIn, partitionText, partitionMeasure, partition, bytes, 0);
    KeyText.write(sortIn, sortText, sortMeasure, sort, bytes, partitionLength);
    return new CanonicalKey(bytes, partitionLength);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeySchema that
        && partition.equals(that.partition)
        && Objects.equals(sort, that.sort);
  }

  @Override
  public int hashCode() {
    return Objects.hash(partition, sort);
  }

  @Override
  public String toString() {
    return sort == null ? partition.toString() : partition + ", " + sort;
  }
}
