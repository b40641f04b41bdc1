package io.dynaload.source.lindorm;

/**
 * What the values of one column become.
 *
 * @param document whether they are JSON that is taken apart
 * @param dates what they become if they are points in time
 * @param nulls whether NULL becomes an attribute
 */
record AttributeForm(boolean document, DateForm dates, boolean nulls) {
  /** Stands for the type of a document, which may be any. */
  static final String DOCUMENT = "M";

  /** The type of the attribute: S, N, B or BOOL; M stands for any document. */
  String dynamoDbType(ColumnType type) {
    if (document) {
      return DOCUMENT;
    }
    return switch (type) {
      case DATE, TIMESTAMP -> dates.dynamoDbType();
      case TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          DECIMAL,
          FLOAT,
          DOUBLE,
          BOOLEAN,
          TEXT,
          BINARY,
          TIME,
          JSON ->
          type.dynamoDbType();
    };
  }
}
