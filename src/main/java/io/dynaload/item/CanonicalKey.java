package io.dynaload.item;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A primary key, equal to another exactly if DynamoDB takes the two for the same: strings by their
 * UTF-8 bytes, numbers by value, whatever their spelling, binaries by their bytes. Keys of one
 * table compare as DynamoDB orders them: by partition key, then by sort key; numbers by value, the
 * others by unsigned bytes.
 *
 * <p>Immutable. The hash depends on the key alone, so it is the same in every process and in every
 * run. Only keys made by equal {@link KeySchema}s can be compared with one another.
 */
public final class CanonicalKey implements Comparable<CanonicalKey> {
  private final byte[] bytes;
  private final int partitionLength;
  private final long hash;

  /**
   * @param bytes of the partition key, then of the sort key; shared, not copied
   */
  CanonicalKey(byte[] bytes, int partitionLength) {
    this.bytes = bytes;
    this.partitionLength = partitionLength;
    this.hash = ByteHash.of(bytes, 0, bytes.length, partitionLength);
  }

  /** The canonical bytes of both keys, one behind the other; shared, not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many of the {@link #bytes} belong to the partition key. */
  public int partitionLength() {
    return partitionLength;
  }

  /** All 64 bits of the hash, well mixed. */
  public long hash() {
    return hash;
  }

  @Override
  public int hashCode() {
    return (int) hash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CanonicalKey that
        && hash == that.hash
        && partitionLength == that.partitionLength
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int compareTo(CanonicalKey that) {
    int byPartition =
        Arrays.compareUnsigned(bytes, 0, partitionLength, that.bytes, 0, that.partitionLength);
    return byPartition != 0
        ? byPartition
        : Arrays.compareUnsigned(
            bytes,
            partitionLength,
            bytes.length,
            that.bytes,
            that.partitionLength,
            that.bytes.length);
  }

  /** Its length and hash; never the key itself, so that it cannot reach a log. */
  @Override
  public String toString() {
    return "key of " + bytes.length + " B #" + Long.toHexString(hash);
  }
}
