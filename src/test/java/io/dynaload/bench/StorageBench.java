package io.dynaload.bench;

import com.sun.management.OperatingSystemMXBean;
import io.dynaload.aws.AwsConfig;
import io.dynaload.local.S3Server;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StorageConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/** Megabytes a second, and a CPU-second, of one object on S3, read in two ways by turns. */
public final class StorageBench {
  private static final String BUCKET = "bench";
  private static final int WARM_UP_ROUNDS = 2;

  /** The clock of CPU time is coarse. */
  private static final int READS = 10;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private interface Opening {
    InputStream open() throws IOException;
  }

  private StorageBench() {}

  /**
   * @param args megabytes, and rounds
   */
  public static void main(String[] args) throws Exception {
    int size = Integer.parseInt(args[0]) * 1_000_000;
    Path folder = Files.createTempDirectory("dynaload-bench");
    try (S3Server server = S3Server.start(BUCKET, folder)) {
      byte[] bytes = new byte[size];
      new Random(1).nextBytes(bytes);
      server.put(BUCKET, "object", bytes);
      Configuration flink = new Configuration();
      flink.setString("s3.endpoint", server.endpoint().toString());
      flink.setString("s3.path.style.access", "true");
      flink.setString("s3.access-key", "any");
      flink.setString("s3.secret-key", "any");
      FileSystem.initialize(flink, PluginUtils.createPluginManagerFromRootFolder(flink));
      AwsConfig aws = new AwsConfig(null, server.endpoint().toString(), null);
      try (Storage storage = Storage.of(new StorageConfig(aws, false))) {
        String uri = "s3://" + BUCKET + "/object";
        Map<String, Opening> ways = new LinkedHashMap<>();
        ways.put("sdk", () -> storage.open(storage.find(uri).orElseThrow(), 0));
        ways.put("flink", () -> flinkStream(uri));
        run(ways, size, Integer.parseInt(args[1]));
      }
    }
  }

  private static InputStream flinkStream(String uri) throws IOException {
    org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(uri);
    return path.getFileSystem().open(path);
  }

  private static void run(Map<String, Opening> ways, int size, int rounds) throws IOException {
    Map<String, List<Double>> wall = new LinkedHashMap<>();
    Map<String, List<Double>> cpu = new LinkedHashMap<>();
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (Map.Entry<String, Opening> way : ways.entrySet()) {
        long wallBefore = System.nanoTime();
        long cpuBefore = PROCESS.getProcessCpuTime();
        for (int i = 0; i < READS; i++) {
          read(way.getValue(), size);
        }
        double bytes = (double) READS * size;
        double wallRate = bytes * 1e3 / (System.nanoTime() - wallBefore);
        double cpuRate = bytes * 1e3 / (PROCESS.getProcessCpuTime() - cpuBefore);
        System.out.printf(
            Locale.ROOT,
            "%s %s: %.0f MB/s, %.0f MB/CPU-s%n",
            round < 0 ? "warm-up" : "round " + (round + 1),
            way.getKey(),
            wallRate,
            cpuRate);
        if (round >= 0) {
          wall.computeIfAbsent(way.getKey(), k -> new ArrayList<>()).add(wallRate);
          cpu.computeIfAbsent(way.getKey(), k -> new ArrayList<>()).add(cpuRate);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "{\"sdk_mb_s\": %.0f, \"flink_mb_s\": %.0f, \"sdk_mb_cpu_s\": %.0f, \"flink_mb_cpu_s\": %.0f}%n",
        median(wall, "sdk"),
        median(wall, "flink"),
        median(cpu, "sdk"),
        median(cpu, "flink"));
  }

  private static void read(Opening opening, int size) throws IOException {
    byte[] block = new byte[64 << 10];
    long total = 0;
    try (InputStream in = opening.open()) {
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        total += count;
      }
    }
    if (total != size) {
      throw new IOException("Read " + total + " bytes of " + size);
    }
  }

  private static double median(Map<String, List<Double>> rates, String way) {
    List<Double> sorted = new ArrayList<>(rates.getOrDefault(way, List.of()));
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
