package io.dynaload.source.lindorm;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * How far a query has been read. It has no key to go on from, only the number of its rows and what
 * they were.
 *
 * @param rows that were emitted
 * @param checksum over these, in their order; 0 at the beginning
 */
record QuerySplit(long rows, long checksum) implements SourceSplit {
  static final QuerySplit UNREAD = new QuerySplit(0, 0);

  /** There is only one. */
  static final String ID = "query";

  @Override
  public String splitId() {
    return ID;
  }
}
