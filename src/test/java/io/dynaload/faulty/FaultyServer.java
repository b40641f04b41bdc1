package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.faulty.Outcome.Delivery;
import io.dynaload.faulty.RawHttpServer.Reply;
import io.dynaload.faulty.RawHttpServer.Request;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FaultyDynamoDb} behind HTTP on a free port of this machine, on the real clock. It also
 * watches that no key is in two calls at once. Any credentials will do, but some are needed.
 */
public final class FaultyServer implements AutoCloseable {
  private static final Duration ALLOWED_SKEW = Duration.ofMinutes(5);
  private static final DateTimeFormatter SIGNED =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final FaultyDynamoDb service = new FaultyDynamoDb(new ModelDynamoDb(System::nanoTime));
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<ModelKey> keysInFlight = new HashSet<>();
  private final RawHttpServer http;
  private Duration skew = Duration.ZERO;
  private long overlaps;

  private FaultyServer() throws IOException {
    http = RawHttpServer.start(this::handle);
  }

  public static FaultyServer start() throws IOException {
    return new FaultyServer();
  }

  public URI endpoint() {
    return http.endpoint();
  }

  /** Where faults are set. */
  public FaultyDynamoDb service() {
    return service;
  }

  public ModelTable create(String table, TableSpec spec) {
    return service.model().create(table, spec);
  }

  public ModelTable table(String name) {
    return service.model().table(name);
  }

  /** Sets the service's clock apart from this machine's; it refuses what differs by 5 minutes. */
  public synchronized void skewed(Duration by) {
    skew = by;
  }

  /** How often a key was sent while it was in flight. */
  public synchronized long overlaps() {
    return overlaps;
  }

  private Reply handle(Request request) throws Exception {
    String target = request.headers().getOrDefault("x-amz-target", "");
    String operation = target.substring(target.indexOf('.') + 1);
    Outcome refusal = refused(request);
    if (refusal != null) {
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).format(serviceTime());
      return reply(refusal, Map.of("Date", date));
    }
    JsonNode body;
    try {
      body = Json.read(request.body());
    } catch (ServiceError e) {
      return reply(Outcome.of(e), Map.of());
    }
    Set<ModelKey> keys = service.model().keysOf(operation, body);
    begin(keys);
    try {
      return deliver(service.call(operation, body));
    } finally {
      end(keys);
    }
  }

  private Reply deliver(Outcome outcome) throws Exception {
    if (!outcome.delay().isZero()
        && closed.await(outcome.delay().toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("closed");
    }
    if (outcome.delivery() == Delivery.NOTHING) {
      throw new IOException("cut");
    }
    return reply(outcome, Map.of());
  }

  private static Reply reply(Outcome outcome, Map<String, String> more) {
    Map<String, String> headers = new TreeMap<>(more);
    headers.put("x-amz-crc32", Long.toString(outcome.crc32()));
    int length = outcome.body().length;
    int cutAfter = outcome.delivery() == Delivery.HALF ? length / 2 : Integer.MAX_VALUE;
    return new Reply(outcome.status(), headers, outcome.body(), cutAfter);
  }

  /** What DynamoDB says of a request before it looks at its body. */
  private @Nullable Outcome refused(Request request) {
    if (!request.headers().containsKey("authorization")) {
      return Outcome.of(
          new ServiceError("MissingAuthenticationTokenException", "Request must be signed"));
    }
    Instant theirs;
    try {
      theirs = SIGNED.parse(request.headers().getOrDefault("x-amz-date", ""), Instant::from);
    } catch (DateTimeParseException e) {
      return Outcome.of(new ServiceError("IncompleteSignatureException", "No X-Amz-Date"));
    }
    boolean inTime = Duration.between(theirs, serviceTime()).abs().compareTo(ALLOWED_SKEW) < 0;
    return inTime
        ? null
        : Outcome.of(new ServiceError("InvalidSignatureException", "Signature expired"));
  }

  private synchronized Instant serviceTime() {
    return Instant.now().plus(skew);
  }

  private synchronized void begin(Set<ModelKey> keys) {
    for (ModelKey key : keys) {
      overlaps += keysInFlight.add(key) ? 0 : 1;
    }
  }

  private synchronized void end(Set<ModelKey> keys) {
    keysInFlight.removeAll(keys);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    http.close();
  }
}
