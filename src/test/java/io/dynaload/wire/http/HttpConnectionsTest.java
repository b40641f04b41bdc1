package io.dynaload.wire.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.faulty.RawHttpServer;
import io.dynaload.faulty.RawHttpServer.Reply;
import io.dynaload.faulty.RawHttpServer.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;

@Timeout(60)
class HttpConnectionsTest {
  private static final int AT_A_TIME = 4;

  /** The server has a thread a connection. */
  private final Set<Thread> connectionsSeen = ConcurrentHashMap.newKeySet();

  private final CyclicBarrier allAtOnce = new CyclicBarrier(AT_A_TIME);
  private RawHttpServer server;
  private HttpConnections connections;

  @BeforeEach
  void start() throws IOException {
    server = RawHttpServer.start(this::answer);
    connections = new HttpConnections(server.endpoint(), null);
  }

  @AfterEach
  void stop() throws Exception {
    connections.close();
    server.close();
  }

  private Reply answer(Request request) throws Exception {
    connectionsSeen.add(Thread.currentThread());
    String body = new String(request.body(), US_ASCII);
    switch (body) {
      case "together" -> allAtOnce.await();
      case "cut" -> {
        return new Reply(200, Map.of(), request.body(), 1);
      }
      default -> {
        // Sent back at once.
      }
    }
    return Reply.of(200, body);
  }

  private static CompletableFuture<HttpAnswer> send(HttpConnections connections, String body) {
    CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    connections.send(Requests.post(body), answer::complete);
    return answer;
  }

  private static HttpAnswer call(HttpConnections connections, String body) throws Exception {
    return send(connections, body).get(30, TimeUnit.SECONDS);
  }

  private static void assertAnswers(HttpConnections connections, String body) throws Exception {
    HttpAnswer answer = call(connections, body);
    assertThat(answer.thrown()).isNull();
    assertThat(answer.body()).asString(US_ASCII).isEqualTo(body);
  }

  @Test
  void callsThatFollowOneAnotherTakeOneConnection() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertAnswers(connections, "call " + i);
    }
    assertThat(connectionsSeen).hasSize(1);
  }

  @Test
  void callsAtOneTimeTakeAsManyConnectionsWhichAreKept() throws Exception {
    for (int round = 0; round < 5; round++) {
      List<CompletableFuture<HttpAnswer>> answers =
          Stream.generate(() -> send(connections, "together")).limit(AT_A_TIME).toList();
      for (CompletableFuture<HttpAnswer> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
    }
    assertThat(connectionsSeen).hasSize(AT_A_TIME);
  }

  @Test
  void aBodyOfManyMegabytesGoesBothWays() throws Exception {
    assertAnswers(connections, "x".repeat(17 << 20));
  }

  @Test
  void afterACutTheNextCallHasAConnectionOfItsOwn() throws Exception {
    assertThat(call(connections, "cut").thrown()).isInstanceOf(IOException.class);
    assertAnswers(connections, "next");
    assertThat(connectionsSeen).hasSize(2);
  }

  @Test
  void aRefusedConnectionIsNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (HttpConnections nowhere =
        new HttpConnections(URI.create("http://127.0.0.1:" + port), null)) {
      Throwable thrown = call(nowhere, "x").thrown();
      assertThat(thrown).isExactlyInstanceOf(ConnectException.class);
      assertThat(thrown).hasMessageContaining(String.valueOf(port));
    }
  }

  @Test
  void whatIsUnderWayWhenItIsClosedFailsAndSoDoesWhatComesLater() throws Exception {
    CompletableFuture<HttpAnswer> underWay = send(connections, "together");
    connections.close();
    assertThat(underWay.get(30, TimeUnit.SECONDS).thrown()).isNotNull();
    assertThat(call(connections, "late").thrown()).isNotNull();
  }

  private static ProxyConfiguration found(String proxy, Set<String> direct) {
    return ProxyConfiguration.builder()
        .endpoint(URI.create(proxy))
        .username("me")
        .password("secret")
        .nonProxyHosts(direct)
        .useSystemPropertyValues(false)
        .useEnvironmentVariablesValues(false)
        .build();
  }

  @Test
  void aProxyIsAskedForATunnel() throws Exception {
    // The proxy alone knows this name.
    URI endpoint = URI.create("http://dynamodb.invalid:" + server.endpoint().getPort());
    try (TunnelProxy proxy = TunnelProxy.start();
        HttpConnections tunnelled =
            new HttpConnections(
                endpoint, HttpProxy.to(endpoint, found(proxy.endpoint(), Set.of())))) {
      assertAnswers(tunnelled, "through");
      assertThat(proxy.asked())
          .contains("CONNECT dynamodb.invalid:" + endpoint.getPort() + " HTTP/1.1")
          .contains("proxy-authorization: Basic bWU6c2VjcmV0");
    }
  }

  @Test
  void someHostsNeedNoProxy() {
    URI endpoint = URI.create("https://dynamodb.eu-west-1.amazonaws.com");
    ProxyConfiguration some = found("http://proxy:3128", Set.of(".*?.amazonaws.com"));
    assertThat(HttpProxy.to(endpoint, some)).isNull();
    assertThat(HttpProxy.to(URI.create("https://elsewhere"), some)).hasToString("proxy:3128");
  }
}
