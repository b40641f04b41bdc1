package io.dynaload.source.format;

/** The formats that are built in. */
public final class Formats {
  private Formats() {}

  /** DynamoDB's export to S3 in DYNAMODB_JSON: full and incremental, with one image or both. */
  public static RecordFormat dynamoDbExport() {
    return new LineFormat(ExportDecoder::new);
  }
}
