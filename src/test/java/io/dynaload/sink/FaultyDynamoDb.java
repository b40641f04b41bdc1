package io.dynaload.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.faulty.RawHttpServer;
import io.dynaload.faulty.RawHttpServer.Reply;
import io.dynaload.faulty.RawHttpServer.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of DynamoDB, or answers BatchWriteItem itself, and fails as it was told: by a
 * script, a call each, or at random by a seed. Other calls pass. It also watches that no key is in
 * two calls at once.
 */
final class FaultyDynamoDb implements AutoCloseable {
  /** What becomes of one call of BatchWriteItem. */
  enum Fault {
    NONE,
    THROTTLE,
    /** About half of the items are left undone. */
    UNPROCESSED,
    INTERNAL_ERROR,
    /** Something in front of the service is down. */
    UNAVAILABLE,
    /** The items are written, but the answer is cut in the middle. */
    CUT_ANSWER,
    /** The items are written, but the answer is another JSON than was sent. */
    CORRUPT_ANSWER,
    /** A throttle, which on its way became an error that is final. */
    CORRUPT_ERROR,
    /** The connection is cut before anything is written. */
    CUT_REQUEST,
    SLOW,
    INVALID
  }

  private static final String KEY = "id";
  private static final String CHECKSUM = "x-amz-crc32";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SLOWNESS = Duration.ofMillis(150);

  private final @Nullable URI upstream;
  private final HttpClient http = HttpClient.newHttpClient();
  private final RawHttpServer server;
  private final Queue<Fault> script = new ArrayDeque<>();
  private final Set<JsonNode> keysInFlight = new HashSet<>();
  private Random random = new Random(0);
  private double probability;
  private Duration skew = Duration.ZERO;
  private long calls;
  private long itemsTaken;
  private long overlaps;

  private FaultyDynamoDb(@Nullable URI upstream) throws IOException {
    this.upstream = upstream;
    this.server = RawHttpServer.start(this::handle);
  }

  /** Answers BatchWriteItem by itself. */
  static FaultyDynamoDb alone() throws IOException {
    return new FaultyDynamoDb(null);
  }

  static FaultyDynamoDb inFrontOf(URI upstream) throws IOException {
    return new FaultyDynamoDb(upstream);
  }

  String endpoint() {
    return server.endpoint().toString();
  }

  /** What happens to the next calls, in order. */
  synchronized void then(Fault... faults) {
    script.addAll(List.of(faults));
  }

  /** Of the calls without a script this part fails, in any way that may be retried. */
  synchronized FaultyDynamoDb atRandom(long seed, double part) {
    random = new Random(seed);
    probability = part;
    return this;
  }

  /** Sets the service's clock apart from this machine's; it refuses what differs by 5 minutes. */
  synchronized FaultyDynamoDb skewed(Duration by) {
    skew = by;
    return this;
  }

  synchronized long calls() {
    return calls;
  }

  synchronized long itemsTaken() {
    return itemsTaken;
  }

  /** How often a key was sent while it was in flight. */
  synchronized long overlaps() {
    return overlaps;
  }

  private Reply handle(Request request) throws Exception {
    String target = request.headers().getOrDefault("x-amz-target", "");
    if (!target.endsWith(".BatchWriteItem")) {
      return forward(request, request.body());
    }
    Reply refusal = refuseSkewed(request);
    if (refusal != null) {
      return refusal;
    }
    JsonNode body = JSON.readTree(request.body());
    Set<JsonNode> keys = keys(body);
    begin(keys);
    try {
      return withChecksum(answer(next(), request, body));
    } finally {
      end(keys);
    }
  }

  private Reply answer(Fault fault, Request request, JsonNode body) throws Exception {
    return switch (fault) {
      case NONE -> write(request, body);
      case THROTTLE -> error(400, "ProvisionedThroughputExceededException", "too fast");
      case UNPROCESSED -> writeHalf(request, body);
      case INTERNAL_ERROR -> error(500, "InternalServerError", "internal");
      case UNAVAILABLE -> Reply.of(503, "<html>busy</html>");
      case INVALID -> error(400, "ValidationException", "Item size has exceeded the maximum");
      case CORRUPT_ANSWER -> corrupt(write(request, body), "Unprocessed", "unprocessed");
      case CORRUPT_ERROR ->
          corrupt(error(400, "ThrottlingException", "too fast"), "Throttling", "throttling");
      case CUT_REQUEST -> throw new IOException("cut");
      case CUT_ANSWER -> {
        Reply reply = write(request, body);
        yield new Reply(200, Map.of(), reply.body(), reply.body().length / 2);
      }
      case SLOW -> {
        Object never = new Object();
        synchronized (never) {
          never.wait(SLOWNESS.toMillis());
        }
        yield write(request, body);
      }
    };
  }

  private Reply write(Request request, JsonNode body) throws Exception {
    int items = requests(body).size();
    synchronized (this) {
      itemsTaken += items;
    }
    if (upstream == null) {
      return Reply.of(
          200,
          "{\"UnprocessedItems\":{},\"ConsumedCapacity\":[{\"TableName\":\"t\",\"CapacityUnits\":"
              + items
              + ".0}]}");
    }
    return forward(request, JSON.writeValueAsBytes(body));
  }

  private Reply writeHalf(Request request, JsonNode body) throws Exception {
    ArrayNode all = requests(body);
    ObjectNode unprocessed = JSON.createObjectNode();
    String table = body.get("RequestItems").fieldNames().next();
    ArrayNode undone = unprocessed.putArray(table);
    while (undone.size() + 1 < all.size()) {
      undone.add(all.remove(0));
    }
    Reply reply = write(request, body);
    if (reply.status() != 200) {
      return reply;
    }
    ObjectNode answer = (ObjectNode) JSON.readTree(reply.body());
    answer.set("UnprocessedItems", unprocessed);
    return Reply.of(200, answer.toString());
  }

  /** DynamoDB tells the CRC32 of the body that it sends. */
  private static Reply withChecksum(Reply reply) {
    if (reply.headers().containsKey(CHECKSUM)) {
      return reply;
    }
    CRC32 crc = new CRC32();
    crc.update(reply.body());
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.put(CHECKSUM, Long.toString(crc.getValue()));
    return new Reply(reply.status(), headers, reply.body(), reply.cutAfter());
  }

  private static Reply corrupt(Reply reply, String sent, String received) {
    byte[] body =
        new String(reply.body(), StandardCharsets.UTF_8)
            .replace(sent, received)
            .getBytes(StandardCharsets.UTF_8);
    return new Reply(reply.status(), withChecksum(reply).headers(), body, reply.cutAfter());
  }

  private @Nullable Reply refuseSkewed(Request request) {
    Instant theirs =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .parse(request.headers().get("x-amz-date"), Instant::from);
    Instant ours;
    synchronized (this) {
      ours = Instant.now().plus(skew);
    }
    if (Duration.between(theirs, ours).abs().compareTo(Duration.ofMinutes(5)) < 0) {
      return null;
    }
    Reply error = error(400, "InvalidSignatureException", "Signature expired");
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).format(ours);
    return new Reply(400, Map.of("Date", date), error.body(), error.cutAfter());
  }

  private Reply forward(Request request, byte[] body) throws Exception {
    if (upstream == null) {
      return error(400, "UnknownOperationException", "only BatchWriteItem is known here");
    }
    HttpRequest.Builder forwarded =
        HttpRequest.newBuilder(upstream).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (String name : List.of("authorization", "x-amz-date", "x-amz-target", "content-type")) {
      forwarded.header(name, request.headers().get(name));
    }
    HttpResponse<byte[]> response =
        http.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Reply(response.statusCode(), Map.of(), response.body(), Integer.MAX_VALUE);
  }

  private static Reply error(int status, String code, String message) {
    return Reply.of(
        status,
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#"
            + code
            + "\",\"message\":\""
            + message
            + "\"}");
  }

  private synchronized Fault next() {
    calls++;
    Fault scripted = script.poll();
    if (scripted != null || random.nextDouble() >= probability) {
      return scripted == null ? Fault.NONE : scripted;
    }
    return Fault.values()[1 + random.nextInt(Fault.values().length - 2)];
  }

  private synchronized void begin(Set<JsonNode> keys) {
    for (JsonNode key : keys) {
      overlaps += keysInFlight.add(key) ? 0 : 1;
    }
  }

  private synchronized void end(Set<JsonNode> keys) {
    keysInFlight.removeAll(keys);
  }

  private Set<JsonNode> keys(JsonNode body) {
    Set<JsonNode> keys = new HashSet<>();
    requests(body).forEach(r -> keys.add(r.findValue(KEY)));
    return keys;
  }

  private static ArrayNode requests(JsonNode body) {
    return (ArrayNode) body.get("RequestItems").elements().next();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
