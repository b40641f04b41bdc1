package io.dynaload.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * Items a CPU-second of the whole process, of several ways of writing them by turns, to one {@link
 * InstantServer} in a process of its own.
 */
public final class SinkBench {
  private static final int WARM_UP_ROUNDS = 3;

  private final List<Contestant> contestants;
  private final int rounds;

  private SinkBench(List<Contestant> contestants, int rounds) {
    this.contestants = contestants;
    this.rounds = rounds;
  }

  /**
   * @param args items of 80 bytes a round (of those of 1 KB a quarter), rounds, and the
   *     contestants' names, or none for all that write in batches
   */
  public static void main(String[] args) throws Exception {
    int items = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    List<String> names = Arrays.asList(args).subList(2, args.length);
    Path letters = Files.createTempDirectory("dynaload-bench");
    Process server = server();
    try (MiniCluster cluster = SinkJob.cluster();
        BufferedReader said =
            new BufferedReader(
                new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
      String endpoint = "http://127.0.0.1:" + said.readLine();
      List<Contestant> all =
          List.of(
              SinkJob.ours(cluster, endpoint, letters),
              SinkJob.flinks(cluster, endpoint),
              new SdkLoop(endpoint),
              new SocketLoop(endpoint));
      List<Contestant> chosen =
          names.equals(List.of("conditional"))
              ? List.of(SinkJob.conditional(cluster, endpoint, letters))
              : all.stream().filter(c -> names.isEmpty() || names.contains(c.name())).toList();
      new SinkBench(chosen, rounds).run(items);
    } finally {
      server.destroy();
      Files.deleteIfExists(letters);
    }
    System.exit(0); // whatever threads a client has left
  }

  static Process server() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            InstantServer.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void run(int items) throws Exception {
    long started = System.nanoTime();
    List<String> figures = new ArrayList<>();
    figures.addAll(figures(medians(BenchItems.OF_80_BYTES, items), ""));
    figures.addAll(figures(medians(BenchItems.OF_1_KB, items / 4), "_1kb"));
    figures.add("\"items\": " + items);
    figures.add("\"rounds\": " + rounds);
    figures.add(
        String.format(Locale.ROOT, "\"seconds\": %.1f", (System.nanoTime() - started) / 1e9));
    System.out.println("{" + String.join(", ", figures) + "}");
  }

  /** Items a CPU-second, by contestant. */
  private Map<String, Double> medians(BenchItems items, int count) throws Exception {
    Map<String, double[]> measured = new LinkedHashMap<>();
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      StringBuilder line = new StringBuilder(items.name().toLowerCase(Locale.ROOT));
      line.append(round < 0 ? ", warm-up:" : ", round " + (round + 1) + ":");
      for (Contestant contestant : contestants) {
        double figure = itemsPerCpuSecond(contestant, items, count);
        line.append(String.format(Locale.ROOT, " %s %,.0f", contestant.name(), figure));
        if (round >= 0) {
          measured.computeIfAbsent(contestant.name(), any -> new double[rounds])[round] = figure;
        }
      }
      System.out.println(line);
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    measured.forEach((name, figures) -> medians.put(name, median(figures)));
    return medians;
  }

  private static double itemsPerCpuSecond(Contestant contestant, BenchItems items, int count)
      throws Exception {
    System.gc();
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long before = process.getProcessCpuTime();
    contestant.write(items, count);
    return count / ((process.getProcessCpuTime() - before) / 1e9);
  }

  private static List<String> figures(Map<String, Double> medians, String suffix) {
    List<String> figures =
        medians.entrySet().stream()
            .map(
                m -> String.format(Locale.ROOT, "\"%s%s\": %.0f", m.getKey(), suffix, m.getValue()))
            .collect(Collectors.toCollection(ArrayList::new));
    Double ours = medians.get("ours");
    medians.forEach(
        (name, median) -> {
          if (ours != null && !name.equals("ours")) {
            figures.add(
                String.format(Locale.ROOT, "\"ratio_%s%s\": %.2f", name, suffix, ours / median));
          }
        });
    return figures;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
