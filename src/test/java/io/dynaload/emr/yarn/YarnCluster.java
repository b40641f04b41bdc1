package io.dynaload.emr.yarn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Hadoop's own servers on this machine, at an address of their own: HDFS and the ResourceManager in
 * one process, the NodeManager in another (in one, the ResourceManager's REST API does not answer),
 * and ZooKeeper in this one. Ports are those of EMR, except HDFS's.
 *
 * <p>All processes, the containers as well, end by {@link #close}, and also if this JVM dies.
 */
final class YarnCluster implements AutoCloseable {
  private final YarnConfiguration configuration;
  private final YarnRest rest;
  private final ZooKeeper zooKeeper;
  private final ServerProcess primary;
  private final ServerProcess worker;

  private YarnCluster(
      YarnConfiguration configuration,
      ZooKeeper zooKeeper,
      ServerProcess primary,
      ServerProcess worker) {
    this.configuration = configuration;
    this.rest = new YarnRest(configuration.address());
    this.zooKeeper = zooKeeper;
    this.primary = primary;
    this.worker = worker;
  }

  /**
   * Starts it, and returns when containers can run.
   *
   * @param folder takes everything that the servers and containers write
   * @param yarnSite what EMR's classification of that name sets
   */
  static YarnCluster start(Path folder, Map<String, String> yarnSite) throws Exception {
    YarnConfiguration configuration = YarnConfiguration.write(folder, yarnSite);
    ZooKeeper zooKeeper = ZooKeeper.start(configuration.address(), folder.resolve("zookeeper"));
    ServerProcess primary =
        server(
            configuration,
            "primary",
            512,
            List.of(configuration.hdfs(), configuration.resourceManager()));
    ServerProcess worker =
        server(configuration, "worker", 256, List.of(configuration.nodeManager()));
    YarnCluster cluster = new YarnCluster(configuration, zooKeeper, primary, worker);
    try {
      Waiting.until(cluster::isUp, cluster::logs);
      return cluster;
    } catch (Exception | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private static ServerProcess server(
      YarnConfiguration configuration, String name, int heap, List<List<String>> servers)
      throws IOException {
    return ServerProcess.start(
        List.of(
            "-Xmx" + heap + "m",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dlog4j2.configurationFile=" + configuration.logging()),
        List.of(
            configuration.folder().toString(),
            YarnLibraries.hadoop() + "/*",
            YarnLibraries.flink() + "/*"),
        configuration.folder().resolveSibling(name + ".log"),
        servers);
  }

  private boolean isUp() throws Exception {
    if (!primary.isAlive() || !worker.isAlive()) {
      throw new IllegalStateException("A server has ended\n" + logs());
    }
    try {
      return rest.activeNodes() == 1;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What Hadoop's clients read; {@code HADOOP_CONF_DIR}. */
  Path configuration() {
    return configuration.folder();
  }

  /** Of every node. */
  String address() {
    return configuration.address();
  }

  /** All applications, those that have ended as well, the oldest first. */
  List<YarnApplication> applications() throws IOException, InterruptedException {
    return rest.applications();
  }

  /** The processes of Flink that run in containers now. */
  List<YarnContainer> containers() {
    return worker.descendants().stream().map(YarnContainer::of).flatMap(Optional::stream).toList();
  }

  /** What servers and containers have logged, for a test that fails. */
  String logs() {
    StringBuilder logs = new StringBuilder();
    try (Stream<Path> files = Files.walk(configuration.folder().getParent())) {
      for (Path file : files.filter(YarnCluster::isLog).sorted().toList()) {
        logs.append("==> ").append(file).append('\n').append(Files.readString(file)).append('\n');
      }
    } catch (IOException e) {
      logs.append(e);
    }
    return logs.toString();
  }

  private static boolean isLog(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".log") || name.endsWith(".err") || name.endsWith(".out");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    worker.close();
    primary.close();
    zooKeeper.close();
  }
}
