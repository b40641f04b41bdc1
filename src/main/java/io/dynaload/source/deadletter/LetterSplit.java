package io.dynaload.source.deadletter;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * How far the letters have been read.
 *
 * @param letters that were emitted
 */
record LetterSplit(long letters) implements SourceSplit {
  @Override
  public String splitId() {
    return "letters";
  }
}
