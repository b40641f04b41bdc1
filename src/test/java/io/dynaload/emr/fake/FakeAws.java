package io.dynaload.emr.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All of AWS's services at one address of this machine. It finds the service of a request by its
 * signature, which it does not check; records the request; and answers as planned, otherwise as the
 * service does, one request of a service at a time. A request to a service that is not there, and a
 * failure of one that is, are answered with status 501 and 500. Thread-safe.
 */
public final class FakeAws implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, FakeService> services = new HashMap<>();
  private final Map<String, Deque<Planned>> plans = new HashMap<>();
  private final List<AwsRequest> requests = new CopyOnWriteArrayList<>();

  private FakeAws(HttpServer server, FakeService... services) {
    this.server = server;
    for (FakeService service : services) {
      this.services.put(service.name(), service);
    }
  }

  /** Starts on a free port of 127.0.0.1. */
  public static FakeAws start(FakeService... services) throws IOException {
    FakeAws aws =
        new FakeAws(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
            services);
    aws.server.setExecutor(aws.threads);
    aws.server.createContext("/", aws::handle);
    aws.server.start();
    return aws;
  }

  /** For AWS_ENDPOINT_URL. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Plans what becomes of the next requests of an action, one each; after them all is as usual. */
  public void plan(String service, String action, Planned... inTurn) {
    synchronized (plans) {
      Collections.addAll(
          plans.computeIfAbsent(service + " " + action, name -> new ArrayDeque<>()), inTurn);
    }
  }

  /** Every request so far, in the order in which they came. */
  public List<AwsRequest> requests() {
    return List.copyOf(requests);
  }

  /** Those of one action. */
  public List<AwsRequest> requests(String service, String action) {
    return requests.stream()
        .filter(request -> request.service().equals(service) && request.action().equals(action))
        .toList();
  }

  /** Forgets the requests so far. */
  public void forgetRequests() {
    requests.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(AwsRequest.of(exchange));
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      boolean bodyless = exchange.getRequestMethod().equals("HEAD") || answer.status() == 204;
      exchange.sendResponseHeaders(
          answer.status(), bodyless || answer.body().length == 0 ? -1 : answer.body().length);
      if (!bodyless) {
        exchange.getResponseBody().write(answer.body());
      }
    }
  }

  private Answer answer(AwsRequest request) {
    requests.add(request);
    FakeService service = services.get(request.service());
    if (service == null) {
      return Protocol.JSON.error(new AwsError(501, "NotImplemented", "There is no " + request));
    }
    try {
      Planned planned = next(request);
      if (planned != null) {
        pass(planned.delay());
        if (planned.error() != null) {
          throw planned.error();
        }
        if (planned.answer() != null) {
          return planned.answer();
        }
      }
      synchronized (service) {
        return service.answer(request);
      }
    } catch (AwsError e) {
      return service.protocol().error(e);
    } catch (RuntimeException | InterruptedException e) {
      return service.protocol().error(new AwsError(500, "InternalFailure", request + ": " + e));
    }
  }

  private @Nullable Planned next(AwsRequest request) {
    synchronized (plans) {
      Deque<Planned> planned = plans.get(request.service() + " " + request.action());
      return planned == null ? null : planned.poll();
    }
  }

  private void pass(Duration delay) throws InterruptedException {
    if (!delay.isZero()) {
      closed.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
