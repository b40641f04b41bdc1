package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import org.jspecify.annotations.Nullable;

/** Makes items of lines. Used by one thread at a time, so it may keep buffers. */
@FunctionalInterface
public interface LineDecoder {
  /**
   * The item that a line holds.
   *
   * @param bytes that hold more than the line; they are written over afterwards, so what the item
   *     keeps must be copied
   * @param length of the line, without its line feed; not 0, and not all of it is white space
   * @param origin for the item
   * @return null if the line holds none, such as a comment; it is not counted then
   * @throws InvalidItemException why the line is to be rejected; names attributes, never values.
   *     Any other exception rejects the line as well
   */
  @Nullable Item decode(byte[] bytes, int offset, int length, Origin origin)
      throws InvalidItemException;
}
