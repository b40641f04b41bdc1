package io.dynaload.item;

/** Checks an item in one pass over its bytes. */
public final class ItemValidator {
  static final int MAX_DEPTH = 32;
  static final int MAX_NAME = 65_535;
  static final int CONTAINER_SIZE = 3;
  static final int ELEMENT_SIZE = 1;
}
