package io.dynaload.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Signs the one shape of request that a table is written with, header for header as the SDK's own
 * signer does, which works for any request and was a fifth of a job's whole work. The key of a day
 * is derived once. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Signature
 *     Version 4, "Create a signed request"</a>
 */
final class RequestSigner {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final String SERVICE = "dynamodb";
  private static final String HMAC = "HmacSHA256";
  private static final int DAY = "yyyyMMdd".length();
  private static final AsciiString AMZ_TARGET = AsciiString.cached("x-amz-target");
  private static final AsciiString AMZ_CONTENT_SHA256 = AsciiString.cached("x-amz-content-sha256");
  private static final AsciiString AMZ_DATE = AsciiString.cached("x-amz-date");
  private static final AsciiString AMZ_SECURITY_TOKEN = AsciiString.cached("x-amz-security-token");
  private static final HexFormat HEX = HexFormat.of();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final String host;
  private final String region;
  private final MessageDigest sha256;
  private final Mac mac;

  private long second = Long.MIN_VALUE;
  private String time = "";
  private String keyOf = "";

  /**
   * @param endpoint whose path is empty or "/"
   */
  RequestSigner(URI endpoint, String region) {
    this.region = region;
    this.host = host(endpoint);
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
      this.mac = Mac.getInstance(HMAC);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-256 and HmacSHA256", e);
    }
  }

  /**
   * A signed POST.
   *
   * @param target the value of X-Amz-Target: version and name of an operation
   */
  synchronized FullHttpRequest sign(
      String target, byte[] body, AwsCredentials identity, Instant at) {
    String now = time(at);
    String token =
        identity instanceof AwsSessionCredentials session ? session.sessionToken().trim() : null;
    String length = Integer.toString(body.length);
    String hash = HEX.formatHex(sha256.digest(body));
    String signed =
        token == null
            ? "content-length;content-type;host;x-amz-content-sha256;x-amz-date;x-amz-target"
            : "content-length;content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-amz-target";
    String canonical =
        "POST\n/\n\ncontent-length:"
            + length
            + "\ncontent-type:"
            + CONTENT_TYPE
            + "\nhost:"
            + host
            + "\nx-amz-content-sha256:"
            + hash
            + "\nx-amz-date:"
            + now
            + (token == null ? "" : "\nx-amz-security-token:" + token)
            + "\nx-amz-target:"
            + target
            + "\n\n"
            + signed
            + "\n"
            + hash;
    String scope = now.substring(0, DAY) + "/" + region + "/" + SERVICE + "/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + now
            + "\n"
            + scope
            + "\n"
            + HEX.formatHex(sha256.digest(canonical.getBytes(US_ASCII)));
    useKeyOf(identity.secretAccessKey().trim(), now.substring(0, DAY));
    String authorization =
        "AWS4-HMAC-SHA256 Credential="
            + identity.accessKeyId().trim()
            + "/"
            + scope
            + ", SignedHeaders="
            + signed
            + ", Signature="
            + HEX.formatHex(mac.doFinal(toSign.getBytes(US_ASCII)));
    return request(body, target, length, hash, now, token, authorization);
  }

  private FullHttpRequest request(
      byte[] body,
      String target,
      String length,
      String hash,
      String now,
      @Nullable String token,
      String authorization) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
    HttpHeaders headers =
        request
            .headers()
            .add(HttpHeaderNames.HOST, host)
            .add(HttpHeaderNames.CONTENT_TYPE, CONTENT_TYPE)
            .add(HttpHeaderNames.CONTENT_LENGTH, length)
            .add(AMZ_TARGET, target)
            .add(AMZ_CONTENT_SHA256, hash)
            .add(AMZ_DATE, now)
            .add(HttpHeaderNames.AUTHORIZATION, authorization);
    if (token != null) {
      headers.add(AMZ_SECURITY_TOKEN, token);
    }
    return request;
  }

  private String time(Instant at) {
    if (at.getEpochSecond() != second) {
      second = at.getEpochSecond();
      time = TIME.format(at);
    }
    return time;
  }

  /** Sets up the code for a secret and a day, unless they are those of the call before. */
  private void useKeyOf(String secret, String day) {
    String wanted = day + secret;
    if (wanted.equals(keyOf)) {
      return;
    }
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String part : new String[] {day, region, SERVICE, "aws4_request"}) {
      use(key);
      key = mac.doFinal(part.getBytes(UTF_8));
    }
    use(key);
    keyOf = wanted;
  }

  private void use(byte[] key) {
    try {
      mac.init(new SecretKeySpec(key, HMAC));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key of bytes fits " + HMAC, e);
    }
  }

  /** With its port, unless that is the scheme's own. */
  private static String host(URI endpoint) {
    int port = endpoint.getPort();
    boolean usual = port < 0 || port == (endpoint.getScheme().equals("https") ? 443 : 80);
    return usual ? endpoint.getHost() : endpoint.getHost() + ":" + port;
  }
}
