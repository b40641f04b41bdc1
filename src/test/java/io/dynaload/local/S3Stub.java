package io.dynaload.local;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * As much of S3 and of STS as it takes to read one bucket, on 127.0.0.1, and to be refused in the
 * ways that a server without permissions never refuses; keeps what it was asked. Thread-safe.
 */
public final class S3Stub implements AutoCloseable {
  public static final String BUCKET = "bucket";
  public static final String ROLE_KEY = "ASIAROLE";
  public static final String ROLE_TOKEN = "role-token";

  /**
   * A request.
   *
   * @param key of the object; empty for a listing
   * @param body what STS was asked
   */
  public record Call(String method, String key, Headers headers, String body) {
    public @Nullable String header(String name) {
      return headers.getFirst(name);
    }

    public boolean isOfSts() {
      return !body.isEmpty();
    }
  }

  /** An answer other than the usual one; a request of HEAD gets no body. */
  public record Refusal(int status, String code, Map<String, String> headers) {
    public Refusal(int status, String code) {
      this(status, code, Map.of());
    }
  }

  /** Decides which requests are refused. */
  @FunctionalInterface
  public interface Policy {
    /** Null to answer. */
    @Nullable Refusal refuse(Call call);
  }

  private final HttpServer server;
  private final Policy policy;
  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  private S3Stub(HttpServer server, Policy policy) {
    this.server = server;
    this.policy = policy;
  }

  public static S3Stub start(Policy policy) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    S3Stub stub = new S3Stub(server, policy);
    server.createContext("/", stub::handle);
    server.start();
    return stub;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public void put(String key, String text) {
    objects.put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  public List<Call> calls() {
    return calls;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String key = path.startsWith("/" + BUCKET + "/") ? path.substring(BUCKET.length() + 2) : "";
      Call call =
          new Call(
              exchange.getRequestMethod(),
              key,
              exchange.getRequestHeaders(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      calls.add(call);
      Refusal refusal = policy.refuse(call);
      if (refusal != null) {
        refusal.headers().forEach(exchange.getResponseHeaders()::add);
        answer(exchange, refusal.status(), text(call, refusal));
      } else if (call.isOfSts()) {
        answer(exchange, 200, bytes(assumedRole()));
      } else if (key.isEmpty()) {
        answer(exchange, 200, bytes(listing(exchange.getRequestURI().getQuery())));
      } else {
        answerObject(exchange, objects.get(key));
      }
    }
  }

  private static byte[] text(Call call, Refusal refusal) {
    String error =
        "<Error><Code>%s</Code><Message>no, says the server</Message></Error>"
            .formatted(refusal.code());
    return bytes(call.isOfSts() ? "<ErrorResponse>" + error + "</ErrorResponse>" : error);
  }

  private static void answerObject(HttpExchange exchange, byte @Nullable [] object)
      throws IOException {
    if (object == null) {
      answer(exchange, 404, bytes("<Error><Code>NoSuchKey</Code></Error>"));
      return;
    }
    exchange.getResponseHeaders().add("ETag", tag(object));
    answer(exchange, 200, object);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      if (status == 200) {
        exchange.getResponseHeaders().add("Content-Length", Integer.toString(body.length));
      }
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String tag(byte[] object) {
    return "\"" + Integer.toHexString(java.util.Arrays.hashCode(object)) + "\"";
  }

  /** For a prefix, which stands in the query. */
  private String listing(String query) {
    String prefix =
        java.util.Arrays.stream(query.split("&"))
            .filter(part -> part.startsWith("prefix="))
            .map(part -> part.substring(7))
            .findFirst()
            .orElse("");
    return objects.entrySet().stream()
        .filter(object -> object.getKey().startsWith(prefix))
        .map(
            object ->
                "<Contents><Key>%s</Key><Size>%d</Size><ETag>%s</ETag></Contents>"
                    .formatted(object.getKey(), object.getValue().length, tag(object.getValue())))
        .collect(
            Collectors.joining(
                "", "<ListBucketResult><IsTruncated>false</IsTruncated>", "</ListBucketResult>"));
  }

  private static String assumedRole() {
    return """
        <AssumeRoleResponse><AssumeRoleResult><Credentials>
          <AccessKeyId>%s</AccessKeyId>
          <SecretAccessKey>role-key</SecretAccessKey>
          <SessionToken>%s</SessionToken>
          <Expiration>%s</Expiration>
        </Credentials></AssumeRoleResult></AssumeRoleResponse>
        """
        .formatted(
            ROLE_KEY,
            ROLE_TOKEN,
            Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
