package io.dynaload.emr.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTTP response. */
public record Answer(int status, Map<String, String> headers, byte[] body) {
  /** JSON, as EMR, Secrets Manager and DynamoDB answer. */
  public static Answer json(JsonNode body) {
    return json(body.toString());
  }

  /** JSON, as EMR, Secrets Manager and DynamoDB answer. */
  public static Answer json(String body) {
    return of(200, "application/x-amz-json-1.1", body);
  }

  /** XML, as S3 answers. */
  public static Answer xml(String body) {
    return of(200, "application/xml", body);
  }

  /** XML with the two elements around it that STS's and CloudFormation's answers have. */
  public static Answer query(String action, String result) {
    return xml(
        "<%1$sResponse><%1$sResult>%2$s</%1$sResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></%1$sResponse>"
            .formatted(action, result));
  }

  public static Answer of(int status, String contentType, String body) {
    return new Answer(
        status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
  }

  /** A text within XML. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
