package io.dynaload.emr.fake;

import java.util.Map;

/** What S3's requests, which do not name their action, are called. */
final class S3Actions {
  private S3Actions() {}

  /** The action of a request whose path is {@code /BUCKET/KEY}. */
  static String of(String method, String path, Map<String, String> parameters) {
    boolean onBucket = path.indexOf('/', 1) < 0 || path.indexOf('/', 1) == path.length() - 1;
    return switch (method) {
      case "HEAD" -> onBucket ? "HeadBucket" : "HeadObject";
      case "PUT" ->
          onBucket
              ? "CreateBucket"
              : parameters.containsKey("partNumber") ? "UploadPart" : "PutObject";
      case "POST" ->
          parameters.containsKey("uploads")
              ? "CreateMultipartUpload"
              : parameters.containsKey("uploadId") ? "CompleteMultipartUpload" : "DeleteObjects";
      case "DELETE" -> parameters.containsKey("uploadId") ? "AbortMultipartUpload" : "DeleteObject";
      default -> onBucket ? "ListObjectsV2" : "GetObject";
    };
  }
}
