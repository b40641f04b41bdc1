package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.faulty.Outcome.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A {@link ModelDynamoDb} whose calls that write, or scan, fail as they were told to: by a script,
 * a call each, or at random by a seed. Which fault a call has depends on the seed and on how many
 * calls came before it. Knows no HTTP. Thread-safe.
 */
public final class FaultyDynamoDb {
  private static final Set<String> WRITES = Set.of("BatchWriteItem", "PutItem", "DeleteItem");
  private static final Duration SLOWNESS = Duration.ofMillis(150);

  /** All that a client must get over by trying again. */
  private static final List<Fault> PASSING =
      List.of(Fault.values()).subList(Fault.THROTTLE.ordinal(), Fault.CORRUPT_ERROR.ordinal() + 1);

  private final ModelDynamoDb model;
  private final Queue<Fault> script = new ArrayDeque<>();
  private final Map<Fault, Long> drawn = new EnumMap<>(Fault.class);
  private SplittableRandom random = new SplittableRandom(0);
  private Set<String> faulted = WRITES;
  private double probability;
  private long calls;

  public FaultyDynamoDb(ModelDynamoDb model) {
    this.model = model;
  }

  public ModelDynamoDb model() {
    return model;
  }

  /** What happens to the next calls that write, in order. */
  public synchronized void then(Fault... faults) {
    script.addAll(List.of(faults));
  }

  /** Nothing that was scripted happens any more. */
  public synchronized void clear() {
    script.clear();
  }

  /** Of the calls without a script this part fails, in any way that may be tried again. */
  public synchronized void atRandom(long seed, double part) {
    random = new SplittableRandom(seed);
    probability = part;
  }

  /** Calls that write, up to now. */
  public synchronized long calls() {
    return calls;
  }

  /** How often each fault has happened. */
  public synchronized Map<Fault, Long> drawn() {
    return Map.copyOf(drawn);
  }

  /**
   * Does what a request asks for, as far as its fault lets it.
   *
   * @param operation such as {@code BatchWriteItem}
   */
  public Outcome call(String operation, byte[] body) {
    JsonNode request;
    try {
      request = Json.read(body);
    } catch (ServiceError e) {
      return Outcome.of(e);
    }
    return call(operation, request);
  }

  Outcome call(String operation, JsonNode request) {
    if (!isFaulted(operation)) {
      return answer(operation, request, Set.of());
    }
    Fault fault = next();
    return switch (fault) {
      case NONE -> answer(operation, request, Set.of());
      case THROTTLE -> throttle();
      case UNPROCESSED -> answer(operation, request, half(operation, request));
      case INTERNAL_ERROR ->
          Outcome.of(
              500, utf8("{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\"}"));
      case UNAVAILABLE -> Outcome.of(503, utf8("<html>busy</html>"));
      case SLOW -> answer(operation, request, Set.of()).after(SLOWNESS);
      case CUT_REQUEST -> Outcome.of(500, new byte[0]).delivered(Delivery.NOTHING);
      case LOST_ANSWER -> answer(operation, request, Set.of()).delivered(Delivery.NOTHING);
      case CUT_ANSWER -> answer(operation, request, Set.of()).delivered(Delivery.HALF);
      case CORRUPT_ANSWER ->
          answer(operation, request, Set.of())
              .corrupted("Unprocessed", "unprocessed")
              .corrupted("\"Count\"", "\"count\"");
      case CORRUPT_ERROR -> throttle().corrupted("Throughput", "Throughgoing");
      case INVALID -> Outcome.of(ServiceError.invalid("Item size has exceeded the maximum"));
      case DENIED ->
          Outcome.of(new ServiceError("AccessDeniedException", "It may not write any longer"));
      case EXPIRED -> Outcome.of(new ServiceError("ExpiredTokenException", "It has expired"));
    };
  }

  /** From now on the calls that fail are those that scan, and those that write do not. */
  public synchronized void faultScans() {
    faulted = Set.of("Scan");
  }

  private synchronized boolean isFaulted(String operation) {
    return faulted.contains(operation);
  }

  private static Outcome throttle() {
    return Outcome.of(
        new ServiceError("ProvisionedThroughputExceededException", "The level was exceeded"));
  }

  private Outcome answer(String operation, JsonNode request, Set<ModelKey> leaving) {
    try {
      return Outcome.of(
          200, Json.bytes(model.call(operation, request, key -> !leaving.contains(key))));
    } catch (ServiceError e) {
      return Outcome.of(e);
    }
  }

  /** Half of the keys, drawn, but not all of them. */
  private Set<ModelKey> half(String operation, JsonNode request) {
    Set<ModelKey> keys = model.keysOf(operation, request);
    Set<ModelKey> left = new HashSet<>();
    synchronized (this) {
      keys.forEach(
          key -> {
            if (left.size() + 1 < keys.size() && random.nextBoolean()) {
              left.add(key);
            }
          });
    }
    return left;
  }

  private synchronized Fault next() {
    calls++;
    Fault scripted = script.poll();
    Fault fault =
        scripted != null
            ? scripted
            : random.nextDouble() < probability
                ? PASSING.get(random.nextInt(PASSING.size()))
                : Fault.NONE;
    drawn.merge(fault, 1L, Long::sum);
    return fault;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
