package io.dynaload.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A process that answers every BatchWriteItem at once: all written. It reads the request to its end
 * and looks at nothing but its length. Prints its port; ends when its standard input does.
 */
public final class InstantServer {
  private static final byte[] ANSWER = answer();

  private InstantServer() {}

  public static void main(String[] args) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      System.out.println(listener.getLocalPort());
      daemon(() -> accept(listener));
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
    }
  }

  private static byte[] answer() {
    String body =
        "{\"UnprocessedItems\":{},\"ConsumedCapacity\":[{\"TableName\":\"bench\",\"CapacityUnits\":25.0}]}";
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  private static void accept(ServerSocket listener) {
    try {
      while (true) {
        Socket connection = listener.accept();
        connection.setTcpNoDelay(true);
        daemon(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void daemon(Runnable loop) {
    Thread thread = new Thread(loop, "instant");
    thread.setDaemon(true);
    thread.start();
  }

  private static void serve(Socket connection) {
    try (connection;
        InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16)) {
      OutputStream out = connection.getOutputStream();
      while (true) {
        in.skipNBytes(bodyLength(in));
        out.write(ANSWER);
      }
    } catch (IOException e) {
      // The client is done.
    }
  }

  private static long bodyLength(InputStream in) throws IOException {
    long length = 0;
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\n') {
        line.append((char) c);
        continue;
      }
      String header = line.toString().trim();
      if (header.isEmpty()) {
        return length;
      }
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Long.parseLong(header.substring(header.indexOf(':') + 1).trim());
      }
      line.setLength(0);
    }
  }
}
