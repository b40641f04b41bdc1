package io.dynaload.item;

/** The types that a key attribute can have; the names are DynamoDB's. */
public enum KeyType {
  S,
  N,
  B;

  /** The name as it stands in DynamoDB JSON. */
  byte tag() {
    return (byte) name().charAt(0);
  }
}
