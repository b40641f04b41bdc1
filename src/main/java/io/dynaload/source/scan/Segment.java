package io.dynaload.source.scan;

/**
 * A segment, and how far it has been read.
 *
 * @param position the key to go on behind, as DynamoDB JSON; "" at the beginning
 * @param items that were emitted
 */
record Segment(int number, String position, long items, boolean done) {
  static Segment unread(int number) {
    return new Segment(number, "", 0, false);
  }

  Segment at(String key, long emitted) {
    return new Segment(number, key, emitted, false);
  }

  Segment asDone(long emitted) {
    return new Segment(number, "", emitted, true);
  }
}
