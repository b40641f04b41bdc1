package io.dynaload.source.lindorm;

import io.dynaload.item.Item;
import java.util.zip.CRC32C;

/**
 * A checksum over items in their order. It stands in checkpoints, so it is the same in every
 * process and version.
 */
final class RowChecksum {
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private RowChecksum() {}

  static long add(long checksum, Item item) {
    CRC32C crc = new CRC32C();
    crc.update(item.json());
    return (Long.rotateLeft(checksum, 23) + crc.getValue() + 1) * MULTIPLIER;
  }
}
