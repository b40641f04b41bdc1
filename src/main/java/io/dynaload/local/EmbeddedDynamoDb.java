package io.dynaload.local;

import com.amazonaws.services.dynamodbv2.local.main.CommandLineInput;
import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Amazon's DynamoDB Local in this JVM: in memory, one database whatever the credentials and region,
 * no telemetry. It never throttles and never leaves items unprocessed. Its tables are gone when it
 * is closed.
 *
 * <p>Thread-safe once started. A port that cannot be had is an {@link ImportException}.
 */
public final class EmbeddedDynamoDb implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private final DynamoDBProxyServer server;
  private final int port;

  private EmbeddedDynamoDb(DynamoDBProxyServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts on a free port. */
  public static EmbeddedDynamoDb start() {
    // The server cannot be asked which port it got, so one is picked for it; another process may
    // take it in between.
    for (int attempt = 1; ; attempt++) {
      try {
        return startOn(freePort());
      } catch (ImportException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Starts on the given port, or for 0 on a free one. */
  public static EmbeddedDynamoDb start(int port) {
    return port == 0 ? start() : startOn(port);
  }

  private static EmbeddedDynamoDb startOn(int port) {
    quieten();
    try {
      // ServerRunner's other way to make a server prints the settings to the standard output.
      CommandLineInput settings =
          new CommandLineInput(
              new String[] {
                "-inMemory", "-sharedDb", "-disableTelemetry", "-port", Integer.toString(port)
              });
      if (!settings.init()) {
        throw new IllegalStateException("its settings are refused");
      }
      DynamoDBProxyServer server = ServerRunner.createServer(settings);
      server.start();
      return new EmbeddedDynamoDb(server, port);
    } catch (Exception e) {
      throw new ImportException(
          ErrorCode.TARGET,
          "DynamoDB Local does not start on port " + port + ": " + e.getMessage(),
          "See that the port is free, or give another one.",
          e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local on port " + port + " does not stop", e);
    }
  }

  private static void quieten() {
    Configurator.setLevel("com.amazonaws.services.dynamodbv2", Level.WARN);
    Configurator.setLevel("com.almworks.sqlite4java", Level.OFF);
    Configurator.setLevel("org.eclipse.jetty", Level.WARN);
    java.util.logging.Logger.getLogger("com.almworks.sqlite4java")
        .setLevel(java.util.logging.Level.OFF);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new ImportException(
          ErrorCode.TARGET,
          "no free port on 127.0.0.1: " + e.getMessage(),
          "Close programs that hold many ports.",
          e);
    }
  }
}
