package io.dynaload.emr.yarn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files in {@code HADOOP_CONF_DIR}, and the servers that they are for.
 *
 * @param folder where the files are; what the servers write is beside it
 * @param address of all servers
 * @param hdfsPort of the NameNode, which listens on 127.0.0.1
 */
record YarnConfiguration(Path folder, String address, int hdfsPort) {
  private static final int MEMORY = 10_240; // of all containers, in MB
  private static final String MINI_HDFS = "org.apache.hadoop.test.MiniDFSClusterManager";
  private static final String SERVER = "org.apache.hadoop.yarn.server.";

  static YarnConfiguration write(Path parent, Map<String, String> yarnSite) throws IOException {
    Path folder = Files.createDirectories(parent.resolve("conf"));
    YarnConfiguration configuration =
        new YarnConfiguration(folder, NodeAddress.unused(), freePort());
    SiteFile.write(folder.resolve("core-site.xml"), configuration.core());
    SiteFile.write(folder.resolve("hdfs-site.xml"), configuration.hdfsSite());
    Map<String, String> yarn = new TreeMap<>(configuration.yarn());
    yarn.putAll(yarnSite);
    SiteFile.write(folder.resolve("yarn-site.xml"), yarn);
    SiteFile.write(folder.resolve("capacity-scheduler.xml"), configuration.queues());
    Resource.copy("servers-log4j.properties", folder);
    return configuration;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  List<String> hdfs() {
    return List.of(MINI_HDFS, "-format", "-datanodes", "1", "-nnport", Integer.toString(hdfsPort));
  }

  List<String> resourceManager() {
    return List.of(SERVER + "resourcemanager.ResourceManager");
  }

  List<String> nodeManager() {
    return List.of(SERVER + "nodemanager.NodeManager");
  }

  Path logging() {
    return folder.resolve("servers-log4j.properties");
  }

  private String data(String name) {
    return folder.resolveSibling(name).toString();
  }

  private Map<String, String> core() {
    return Map.of("fs.defaultFS", "hdfs://127.0.0.1:" + hdfsPort, "hadoop.tmp.dir", data("tmp"));
  }

  private Map<String, String> hdfsSite() {
    return Map.of(
        "hdfs.minidfs.basedir", data("hdfs"),
        "dfs.replication", "1",
        "dfs.permissions.enabled", "false");
  }

  private Map<String, String> yarn() {
    return Map.ofEntries(
        Map.entry("yarn.resourcemanager.hostname", address),
        Map.entry("yarn.nodemanager.hostname", address),
        Map.entry("yarn.nodemanager.local-dirs", data("local")),
        Map.entry("yarn.nodemanager.log-dirs", data("containers")),
        // So that a test that fails can show them.
        Map.entry("yarn.nodemanager.delete.debug-delay-sec", "3600"),
        Map.entry("yarn.nodemanager.resource.memory-mb", Integer.toString(MEMORY)),
        Map.entry("yarn.nodemanager.resource.cpu-vcores", "16"),
        Map.entry("yarn.scheduler.minimum-allocation-mb", "256"),
        Map.entry("yarn.scheduler.maximum-allocation-mb", Integer.toString(MEMORY)),
        // As on EMR.
        Map.entry("yarn.nodemanager.vmem-check-enabled", "false"),
        // A disk of a developer may be full by YARN's opinion.
        Map.entry(
            "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage",
            "99.5"),
        Map.entry("yarn.application.classpath", folder + "," + YarnLibraries.hadoop() + "/*"));
  }

  private Map<String, String> queues() {
    return Map.of(
        "yarn.scheduler.capacity.root.queues", "default",
        "yarn.scheduler.capacity.root.default.capacity", "100",
        // Several applications at a time on one small node.
        "yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
  }
}
