package io.dynaload.source.export;

import io.dynaload.item.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes exports as DynamoDB does, from the description of their layout, into a folder that stands
 * for a bucket; for tests.
 *
 * @param bucket its folder
 * @param keysHavePrefix whether the keys in the manifests begin with the prefix
 */
public record ExportWriter(Path bucket, String prefix, boolean keysHavePrefix) {
  private static final int FILES = 4;

  /** A record of an incremental export; without a new image, a delete. */
  public record Change(
      Map<String, Value> keys,
      @Nullable Map<String, Value> oldImage,
      @Nullable Map<String, Value> newImage,
      long micros) {}

  private interface Encoder {
    String of(Map<String, Value> item);
  }

  static String tableId(String table) {
    return "0123abcd-" + table;
  }

  private Path folder(String id) {
    return bucket.resolve(prefix).resolve("AWSDynamoDB").resolve(id);
  }

  /** A full export; its folder. */
  public Path full(
      String id, String table, Instant time, String format, List<Map<String, Value>> items)
      throws Exception {
    boolean ion = format.equals("ION");
    List<String> lines =
        items.stream()
            .map(
                item ->
                    ion
                        ? "$ion_1_0 {Item:" + ExportLines.ion(item) + "}"
                        : "{\"Item\":" + ExportLines.json(item) + "}")
            .toList();
    String written = data(folder(id).resolve("data"), id + "/data/", extension(ion), lines);
    String times = "\"exportTime\":\"" + time + "\",\"exportType\":null";
    manifests(id, table, "2020-06-30", times, format, written, items.size());
    return folder(id);
  }

  /** An incremental one; its folder. The data lie beside that. */
  public Path incremental(
      String id, String table, Instant from, Instant to, String format, List<Change> changes)
      throws Exception {
    boolean ion = format.equals("ION");
    Encoder encoder = ion ? ExportLines::ion : ExportLines::json;
    List<String> lines = new ArrayList<>();
    for (Change change : changes) {
      Map<String, Value> metadata =
          Map.of("WriteTimestampMicros", new Value.N(Long.toString(change.micros())));
      String record =
          "{\"Metadata\":"
              + encoder.of(metadata)
              + ",\"Keys\":"
              + encoder.of(change.keys())
              + image(",\"OldImage\":", change.oldImage(), encoder)
              + image(",\"NewImage\":", change.newImage(), encoder)
              + "}";
      lines.add(ion ? "$ion_1_0 {Record:" + record + "}" : record);
    }
    String written =
        data(folder(id).resolveSibling("data"), "data/" + id + "-", extension(ion), lines);
    String times =
        "\"exportFromTime\":\""
            + from
            + "\",\"exportToTime\":\""
            + to
            + "\",\"outputView\":\"NEW_AND_OLD_IMAGES\",\"exportType\":\"INCREMENTAL_EXPORT\"";
    manifests(id, table, "2023-08-01", times, format, written, changes.size());
    return folder(id);
  }

  private static String image(String name, @Nullable Map<String, Value> image, Encoder encoder) {
    return image == null ? "" : name + encoder.of(image);
  }

  private static String extension(boolean ion) {
    return ion ? ".ion.gz" : ".json.gz";
  }

  /** Files with the lines dealt out, and one without any; the lines of their manifest. */
  private String data(Path folder, String key, String extension, List<String> lines)
      throws Exception {
    Files.createDirectories(folder);
    StringBuilder manifest = new StringBuilder();
    for (int file = 0; file <= FILES; file++) {
      List<String> dealt = new ArrayList<>();
      for (int i = file; i < lines.size() && file < FILES; i += FILES) {
        dealt.add(lines.get(i));
      }
      String name = key.substring(key.lastIndexOf('/') + 1) + "file" + file + extension;
      byte[] bytes = gzip(String.join("\n", dealt) + (dealt.isEmpty() ? "" : "\n"));
      Files.write(folder.resolve(name), bytes);
      manifest
          .append("{\"itemCount\":")
          .append(dealt.size())
          .append(",\"md5Checksum\":\"")
          .append(md5(bytes))
          .append("\",\"etag\":\"f8e7\",\"dataFileS3Key\":\"")
          .append(keysHavePrefix && !prefix.isEmpty() ? prefix + "/" : "")
          .append("AWSDynamoDB/")
          .append(key, 0, key.lastIndexOf('/') + 1)
          .append(name)
          .append("\"}\n");
    }
    return manifest.toString();
  }

  private void manifests(
      String id,
      String table,
      String version,
      String times,
      String format,
      String files,
      long items)
      throws Exception {
    String arn = "arn:aws:dynamodb:us-east-1:123456789012:table/" + table;
    String summary =
        """
        {"version":"%s","exportArn":"%s/export/%s","startTime":"2023-09-19T04:20:18.000Z",\
        "endTime":"2023-09-19T04:40:24.780Z","tableArn":"%s","tableId":"%s",%s,\
        "s3Bucket":"some-bucket","s3Prefix":%s,"s3SseAlgorithm":"AES256","s3SseKmsKeyId":null,\
        "manifestFilesS3Key":"%sAWSDynamoDB/%s/manifest-files.json","billedSizeBytes":20901,\
        "itemCount":%d,"outputFormat":"%s"}
        """
            .formatted(
                version,
                arn,
                id,
                arn,
                tableId(table),
                times,
                prefix.isEmpty() ? "null" : "\"" + prefix + "\"",
                prefix.isEmpty() ? "" : prefix + "/",
                id,
                items,
                format);
    Files.createDirectories(folder(id));
    Files.writeString(folder(id).resolve("_started"), "");
    Files.writeString(folder(id).resolve("manifest-summary.json"), summary);
    Files.writeString(folder(id).resolve("manifest-files.json"), files);
    // The documents say .checksum, exports have .md5.
    Files.writeString(
        folder(id).resolve("manifest-summary.md5"), md5(summary.getBytes(StandardCharsets.UTF_8)));
    Files.writeString(
        folder(id).resolve("manifest-files.checksum"), md5(files.getBytes(StandardCharsets.UTF_8)));
  }

  /** What Data Pipeline writes, version 3; its folder. */
  Path legacy(String name, boolean compressed, List<Map<String, Value>> items) throws Exception {
    Path folder = Files.createDirectories(bucket.resolve(name));
    List<String> urls = new ArrayList<>();
    for (int file = 0; file < 2; file++) {
      List<String> lines = new ArrayList<>();
      for (int i = file; i < items.size(); i += 2) {
        lines.add(ExportLines.legacy(items.get(i)) + "\n");
      }
      Path data = folder.resolve("f0c1-" + file + (compressed ? ".gz" : ""));
      write(data, compressed, String.join("", lines));
      urls.add(
          "{\"url\":\"s3://some-bucket/%s/%s\",\"mandatory\":true}"
              .formatted(name, data.getFileName()));
    }
    Files.writeString(
        folder.resolve("manifest"),
        "{\"name\":\"DynamoDB-export\",\"version\":3,\"entries\":["
            + String.join(",", urls)
            + "]}");
    Files.writeString(folder.resolve("_SUCCESS"), "");
    return folder;
  }

  /** The oldest layout, without a manifest; its folder. */
  Path oldest(String name, boolean compressed, List<Map<String, Value>> items) throws Exception {
    Path folder = Files.createDirectories(bucket.resolve(name));
    StringBuilder lines = new StringBuilder();
    items.forEach(item -> lines.append(ExportLines.oldest(item)).append('\n'));
    write(folder.resolve("part-00000" + (compressed ? ".gz" : "")), compressed, lines.toString());
    Files.writeString(folder.resolve("_SUCCESS"), "");
    return folder;
  }

  private static void write(Path file, boolean compressed, String text) throws IOException {
    Files.write(file, compressed ? gzip(text) : text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  static String md5(byte[] bytes) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
  }
}
