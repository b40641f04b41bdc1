package io.dynaload.faulty;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * HTTP/1.1 on a free port of this machine, with a thread a connection; one that can misbehave: an
 * answer may be cut short, or its headers lie.
 */
public final class RawHttpServer implements AutoCloseable {
  /** Header names are in lower case. */
  public record Request(Map<String, String> headers, byte[] body) {}

  /**
   * @param cutAfter bytes of the body after which the connection is cut; beyond its length for
   *     never
   */
  public record Reply(int status, Map<String, String> headers, byte[] body, int cutAfter) {
    public static Reply of(int status, String body) {
      return new Reply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    }
  }

  /** Called by several threads. */
  public interface Handler {
    Reply handle(Request request) throws Exception;
  }

  private final ServerSocket listener;
  private final Handler handler;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private RawHttpServer(ServerSocket listener, Handler handler) {
    this.listener = listener;
    this.handler = handler;
  }

  public static RawHttpServer start(Handler handler) throws IOException {
    RawHttpServer server =
        new RawHttpServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), handler);
    daemon(server::accept);
    return server;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  private static void daemon(Runnable loop) {
    Thread thread = new Thread(loop, "raw-http");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        connection.setTcpNoDelay(true);
        connections.add(connection);
        daemon(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection;
        InputStream in = new BufferedInputStream(connection.getInputStream());
        OutputStream out = new BufferedOutputStream(connection.getOutputStream())) {
      while (true) {
        Reply reply = handler.handle(read(in));
        write(reply, out);
        if (reply.cutAfter() < reply.body().length) {
          connection.setSoLinger(true, 0); // a reset, not an orderly end
          return;
        }
      }
    } catch (Exception e) {
      // The peer went away, or the handler wants the connection cut.
    } finally {
      connections.remove(connection);
    }
  }

  private static Request read(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    line(in);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(headers, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static void write(Reply reply, OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " X\r\n");
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Type: application/x-amz-json-1.0\r\n");
    head.append("Content-Length: " + reply.body().length + "\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    out.write(reply.body(), 0, Math.min(reply.cutAfter(), reply.body().length));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
