package io.dynaload.sink;

/** What is done with an item whose key is in the table already. */
public enum WriteMode {
  /** It replaces what is there. */
  OVERWRITE,
  /** What is there stays. */
  INSERT_ONLY,
  /** It replaces what is there if that has an older version. */
  NEWER_WINS
}
