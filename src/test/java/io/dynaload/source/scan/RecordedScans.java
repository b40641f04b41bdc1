package io.dynaload.source.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes calls on to a DynamoDB, and keeps what Scan was asked and how much it answered. */
final class RecordedScans implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PASSED_ON =
      List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date");

  private final URI dynamoDb;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  private final HttpServer server;
  private final List<JsonNode> requests = new ArrayList<>();
  private long bytes;

  RecordedScans(URI dynamoDb) throws IOException {
    this.dynamoDb = dynamoDb;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.createContext("/", this::passOn);
    server.setExecutor(threads);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void passOn(HttpExchange call) throws IOException {
    try (call) {
      byte[] body = call.getRequestBody().readAllBytes();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(dynamoDb).POST(BodyPublishers.ofByteArray(body));
      for (String header : PASSED_ON) {
        String value = call.getRequestHeaders().getFirst(header);
        if (value != null) {
          request.header(header, value);
        }
      }
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      if (String.valueOf(call.getRequestHeaders().getFirst("X-Amz-Target")).endsWith(".Scan")) {
        record(body, answer.body().length);
      }
      answer
          .headers()
          .firstValue("x-amz-crc32")
          .ifPresent(crc -> call.getResponseHeaders().set("x-amz-crc32", crc));
      call.sendResponseHeaders(answer.statusCode(), answer.body().length);
      call.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void record(byte[] request, int answered) {
    try {
      requests.add(JSON.readTree(request));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes += answered;
  }

  /** What was asked since the last call of this, and forgets it. */
  synchronized List<JsonNode> take() {
    List<JsonNode> taken = List.copyOf(requests);
    requests.clear();
    bytes = 0;
    return taken;
  }

  /** Bytes of all answers since the last {@link #take}. */
  synchronized long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
