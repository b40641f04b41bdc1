package io.dynaload.wire.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Grants every CONNECT; any host's port is this machine's. */
final class TunnelProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final StringBuffer asked = new StringBuffer();

  private TunnelProxy(ServerSocket listener) {
    this.listener = listener;
  }

  static TunnelProxy start() throws IOException {
    TunnelProxy proxy = new TunnelProxy(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
    daemon(proxy::accept);
    return proxy;
  }

  String endpoint() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** The heads of all requests so far. */
  String asked() {
    return asked.toString();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One of the two sides is done.
              }
            },
            "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      daemon(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = client.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        return;
      }
      head.append((char) c);
    }
    asked.append(head);
    String host = head.substring("CONNECT ".length(), head.indexOf(" HTTP/"));
    int port = Integer.parseInt(host.substring(host.indexOf(':') + 1));
    try (client;
        Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.getOutputStream().write("HTTP/1.1 200 Established\r\n\r\n".getBytes(US_ASCII));
      daemon(() -> target.getInputStream().transferTo(client.getOutputStream()));
      in.transferTo(target.getOutputStream());
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
