package io.dynaload.source.export;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code manifest-summary.json} says.
 *
 * @param tableId stays the same as long as the table exists; null where the manifest lacks it
 * @param from what was written from this moment on is in it, inclusive; null for a full export
 * @param to up to this moment, exclusive; for a full export the moment that it is of
 * @param tagsAreMd5 whether the tag of a data file that was uploaded in one part is its MD5
 * @param filesKey the key of {@code manifest-files.json}
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">DynamoDB
 *     developer guide, table export output format</a>
 */
record ManifestSummary(
    String exportArn,
    @Nullable String tableId,
    @Nullable Instant from,
    Instant to,
    String filesKey,
    long items,
    OutputFormat format,
    boolean tagsAreMd5)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final List<String> VERSIONS = List.of("2020-06-30", "2023-08-01");
  private static final List<String> VIEWS =
      List.of("NEW_IMAGE", "NEW_IMAGES", "NEW_AND_OLD_IMAGES");
  private static final String FULL = "FULL_EXPORT";
  private static final String INCREMENTAL = "INCREMENTAL_EXPORT";

  enum OutputFormat {
    DYNAMODB_JSON,
    ION
  }

  boolean isFull() {
    return from == null;
  }

  /** As a person tells it from others. */
  @Override
  public String toString() {
    return isFull()
        ? "the full export " + exportArn + " of " + to
        : "the incremental export " + exportArn + " from " + from + " to " + to;
  }

  static ManifestSummary of(ManifestJson json) {
    oneOf(json, "version", json.text("version"), VERSIONS);
    json.findText("outputView").ifPresent(view -> oneOf(json, "outputView", view, VIEWS));
    boolean isFull = isFull(json);
    return new ManifestSummary(
        json.text("exportArn"),
        json.findText("tableId").orElse(null),
        isFull ? null : time(json, "exportFromTime"),
        isFull ? time(json, "exportTime") : time(json, "exportToTime"),
        json.text("manifestFilesS3Key"),
        json.count("itemCount"),
        format(json),
        json.findText("s3SseAlgorithm").map("AES256"::equals).orElse(false));
  }

  private static boolean isFull(ManifestJson json) {
    String type =
        json.findText("exportType")
            .orElse(json.object().has("exportFromTime") ? INCREMENTAL : FULL);
    oneOf(json, "exportType", type, List.of(FULL, INCREMENTAL));
    return type.equals(FULL);
  }

  private static OutputFormat format(ManifestJson json) {
    String format = json.text("outputFormat");
    oneOf(
        json,
        "outputFormat",
        format,
        List.of(OutputFormat.DYNAMODB_JSON.name(), OutputFormat.ION.name()));
    return OutputFormat.valueOf(format);
  }

  private static Instant time(ManifestJson json, String name) {
    return json.findTime(name).orElseThrow(() -> json.wrong("has no " + name));
  }

  private static void oneOf(ManifestJson json, String name, String value, List<String> known) {
    if (!known.contains(value)) {
      throw json.wrong(
          "has the "
              + name
              + " "
              + value
              + ", and only "
              + String.join(", ", known)
              + " are known");
    }
  }
}
