package io.dynaload.emr.yarn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServer;

/**
 * A ZooKeeper in this JVM, at its usual port. Sessions may be as short as a second, so that a test
 * needs not wait for EMR's.
 */
final class ZooKeeper implements AutoCloseable {
  private static final int PORT = 2181;
  private static final int TICK = 500; // in ms
  private static final int CONNECTIONS = 100;

  private final ServerCnxnFactory connections;

  private ZooKeeper(ServerCnxnFactory connections) {
    this.connections = connections;
  }

  static ZooKeeper start(String address, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    ServerCnxnFactory connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress(address, PORT), CONNECTIONS);
    connections.startup(new ZooKeeperServer(folder.toFile(), folder.toFile(), TICK));
    return new ZooKeeper(connections);
  }

  @Override
  public void close() {
    connections.shutdown();
  }
}
