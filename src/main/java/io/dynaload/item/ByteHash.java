package io.dynaload.item;

/** A 64-bit hash of bytes, every bit well mixed, the same in every process. */
final class ByteHash {
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private ByteHash() {}

  static long of(byte[] bytes, int from, int to, int seed) {
    long hash = (to - from) * MULTIPLIER + seed;
    int p = from;
    for (; p + 8 <= to; p += 8) {
      hash = mix(hash ^ (long) Json.WORD.get(bytes, p));
    }
    if (p < to) {
      long rest = 0;
      for (; p < to; p++) {
        rest = rest << 8 | bytes[p] & 0xff;
      }
      hash = mix(hash ^ rest);
    }
    return mix(hash);
  }

  private static long mix(long h) {
    h *= MULTIPLIER;
    h ^= h >>> 32;
    h *= 0xd6e8feb86659fd93L;
    return h ^ h >>> 29;
  }
}
