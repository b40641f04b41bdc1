package io.dynaload.item;

import java.io.Serializable;

/** A partition or sort key: the attribute's name and type. */
public record KeyAttribute(String name, KeyType type) implements Serializable {
  @Override
  public String toString() {
    return name + ":" + type;
  }
}
