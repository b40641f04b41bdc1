package io.dynaload.item;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The primary key of a table. */
public record KeySchema(KeyAttribute partition, @Nullable KeyAttribute sort)
    implements Serializable {

  /**
   * The key of an item in canonical form.
   *
   * @throws InvalidItemException if a key attribute is missing, of another type, empty or too long
   */
  public CanonicalKey keyOf(Item item) throws InvalidItemException {
    throw new UnsupportedOperationException();
  }
}
