package io.dynaload.item;

import java.util.Arrays;

/**
 * Finds duplicates among the names of a map or the elements of a set, without making an object for
 * each. It is a stack: maps lie within maps, and what a map put on it is taken off with {@link
 * #release}. Reusable; not thread-safe.
 */
final class Distinct {
  /** Up to here comparing all with all is quicker than sorting. */
  private static final int FEW = 12;

  /** The upper half of a text's hash, then the text's index. */
  private long[] entries = new long[64];

  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;
  private byte[] scratch = new byte[64];

  void clear() {
    size = 0;
  }

  int mark() {
    return size;
  }

  /** Adds a text as it stands in the JSON, between its quotes. */
  void add(byte[] json, int start, int end, boolean escaped, KeyType type) {
    byte[] text = json;
    int from = start;
    int to = end;
    if (escaped) {
      text = Json.unescape(json, start, end);
      from = 0;
      to = text.length;
    }
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    starts[size] = start;
    ends[size] = end;
    entries[size] = hash(text, from, to, type) & 0xffffffff00000000L | size;
    size++;
  }

  /** A hash that is the same for everything that DynamoDB takes for the same. */
  private long hash(byte[] text, int from, int to, KeyType type) {
    if (type == KeyType.S) {
      return ByteHash.of(text, from, to, 0);
    }
    if (scratch.length < to - from + 8) {
      scratch = new byte[(to - from) * 2];
    }
    int length =
        type == KeyType.N
            ? DecimalText.writeCanonical(text, DecimalText.parse(text, from, to), scratch, 0)
            : Base64Text.decode(text, from, to, scratch, 0);
    return ByteHash.of(scratch, 0, length, 0);
  }

  /**
   * Takes off what was added since the mark.
   *
   * @return whether two of it are the same
   */
  boolean release(int mark, byte[] json, KeyType type) {
    boolean duplicates =
        size - mark <= FEW ? anySame(mark, size, json, type) : anySameSorted(mark, json, type);
    size = mark;
    return duplicates;
  }

  private boolean anySameSorted(int mark, byte[] json, KeyType type) {
    Arrays.sort(entries, mark, size);
    int group = mark;
    for (int i = mark + 1; i <= size; i++) {
      if (i == size || entries[i] >>> 32 != entries[group] >>> 32) {
        if (anySame(group, i, json, type)) {
          return true;
        }
        group = i;
      }
    }
    return false;
  }

  private boolean anySame(int from, int to, byte[] json, KeyType type) {
    for (int i = from; i < to; i++) {
      for (int j = from; j < i; j++) {
        if (entries[i] >>> 32 == entries[j] >>> 32
            && same(json, (int) entries[i], (int) entries[j], type)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean same(byte[] json, int i, int j, KeyType type) {
    return Arrays.equals(json, starts[i], ends[i], json, starts[j], ends[j])
        || Arrays.equals(canonical(json, i, type), canonical(json, j, type));
  }

  private byte[] canonical(byte[] json, int i, KeyType type) {
    byte[] text = Json.unescape(json, starts[i], ends[i]);
    if (type == KeyType.S) {
      return text;
    }
    byte[] canonical = new byte[text.length + 8];
    int length =
        type == KeyType.N
            ? DecimalText.writeCanonical(
                text, DecimalText.parse(text, 0, text.length), canonical, 0)
            : Base64Text.decode(text, 0, text.length, canonical, 0);
    return Arrays.copyOf(canonical, length);
  }
}
