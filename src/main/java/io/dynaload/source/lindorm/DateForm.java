package io.dynaload.source.lindorm;

import java.util.Arrays;
import java.util.Optional;

/** What a point in time becomes. */
enum DateForm {
  ISO_8601("iso-8601", "S", 0),
  EPOCH_MS("epoch-ms", "N", 1_000),
  EPOCH_S("epoch-s", "N", 1);

  private final String text;
  private final String dynamoDbType;
  private final int unitsASecond;

  DateForm(String text, String dynamoDbType, int unitsASecond) {
    this.text = text;
    this.dynamoDbType = dynamoDbType;
    this.unitsASecond = unitsASecond;
  }

  /** By its name in the file. */
  static Optional<DateForm> ofName(String text) {
    return Arrays.stream(values()).filter(form -> form.text.equals(text)).findFirst();
  }

  String dynamoDbType() {
    return dynamoDbType;
  }

  /** How many of its numbers a second has; of the numeric forms only. */
  int unitsASecond() {
    return unitsASecond;
  }

  @Override
  public String toString() {
    return text;
  }
}
