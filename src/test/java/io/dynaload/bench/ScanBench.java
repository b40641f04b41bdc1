package io.dynaload.bench;

import com.sun.management.OperatingSystemMXBean;
import io.dynaload.item.Item;
import io.dynaload.item.RawDynamoDb;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Copies of a table by this project and by a program over the SDK, by turns: items a CPU-second of
 * the process that copies, on a server that answers at once, and items a second on DynamoDB Local.
 */
public final class ScanBench implements AutoCloseable {
  private static final int WARM_UP_ROUNDS = 3;
  private static final int PARALLELISM = 2;

  private final Path folder;
  private final LocalCluster cluster = LocalCluster.start(1, PARALLELISM);
  private final List<String> figures = new ArrayList<>();
  private int runs;

  private ScanBench(Path folder) {
    this.folder = folder;
  }

  /** What copies; returns how many items there were. */
  private interface Copy {
    long run(int round) throws Exception;
  }

  /**
   * @param args items of 80 bytes a round (of those of 1 KB a quarter), items of DynamoDB Local's
   *     table, rounds
   */
  public static void main(String[] args) throws Exception {
    int items = Integer.parseInt(args[0]);
    int local = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    try (ScanBench bench = new ScanBench(Files.createTempDirectory("dynaload-bench"))) {
      bench.canned(BenchItems.OF_80_BYTES, items, "", rounds);
      bench.canned(BenchItems.OF_1_KB, items / 4, "_1kb", rounds);
      bench.local(local, rounds);
      bench.figures.add("\"rounds\": " + rounds);
      System.out.println("{" + String.join(", ", bench.figures) + "}");
    }
    System.exit(0); // whatever threads a client has left
  }

  private void canned(BenchItems of, int count, String suffix, int rounds) throws Exception {
    Process server = server("-Xmx512m", CannedServer.class, of.name(), Integer.toString(count));
    try (BufferedReader said = output(server)) {
      String[] told = said.readLine().split(" ");
      String endpoint = "http://127.0.0.1:" + told[0];
      long there = Long.parseLong(told[1]);
      try (SdkCopy sdk = new SdkCopy(endpoint)) {
        compare(
            of.name().toLowerCase(Locale.ROOT),
            suffix,
            rounds,
            List.of(
                round -> checked(ours(endpoint, "bench"), there),
                round -> checked(sdk.copy("source", "bench"), there)),
            true);
      }
    } finally {
      server.destroy();
    }
  }

  private void local(int count, int rounds) throws Exception {
    Process server = server("-Xmx2g", LocalServer.class);
    try (BufferedReader said = output(server)) {
      String endpoint = "http://127.0.0.1:" + said.readLine();
      try (SdkCopy sdk = new SdkCopy(endpoint);
          DynamoDbClient client = LocalTables.client(URI.create(endpoint))) {
        LocalTables.create(client, "source", BenchItems.KEYS);
        List<byte[]> items =
            LongStream.rangeClosed(1, count)
                .mapToObj(BenchItems.OF_80_BYTES::item)
                .map(Item::json)
                .toList();
        new RawDynamoDb(URI.create(endpoint)).putAll("source", items);
        compare(
            "DynamoDB Local",
            "_local",
            rounds,
            List.of(
                round -> {
                  LocalTables.create(client, "bench", BenchItems.KEYS);
                  return checked(timed(() -> ours(endpoint, "bench"), client), count);
                },
                round -> {
                  LocalTables.create(client, "bench", BenchItems.KEYS);
                  return checked(timed(() -> sdk.copy("source", "bench"), client), count);
                }),
            false);
      }
    } finally {
      server.destroy();
    }
  }

  /** The seconds of the last copy on DynamoDB Local, without the making of the table. */
  private double seconds;

  private interface Timed {
    long run() throws Exception;
  }

  private long timed(Timed copy, DynamoDbClient client) throws Exception {
    long started = System.nanoTime();
    long items = copy.run();
    seconds = (System.nanoTime() - started) / 1e9;
    int written = LocalTables.count(client, "bench");
    client.deleteTable(request -> request.tableName("bench"));
    return checked(written, items);
  }

  private static long checked(long items, long there) {
    if (items != there) {
      throw new IllegalStateException(items + " of " + there + " items were copied");
    }
    return items;
  }

  private void compare(String what, String suffix, int rounds, List<Copy> copies, boolean cpu)
      throws Exception {
    double[][] measured = new double[copies.size()][rounds];
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      StringBuilder line = new StringBuilder(what);
      line.append(round < 0 ? ", warm-up:" : ", round " + (round + 1) + ":");
      for (int i = 0; i < copies.size(); i++) {
        System.gc();
        long before = cpuNanos();
        long items = copies.get(i).run(round);
        double figure = items / (cpu ? (cpuNanos() - before) / 1e9 : seconds);
        line.append(String.format(Locale.ROOT, " %s %,.0f", i == 0 ? "ours" : "sdk", figure));
        if (round >= 0) {
          measured[i][round] = figure;
        }
      }
      System.out.println(line);
    }
    double ours = SinkBench.median(measured[0]);
    double sdk = SinkBench.median(measured[1]);
    figures.add(String.format(Locale.ROOT, "\"ours%s\": %.0f", suffix, ours));
    figures.add(String.format(Locale.ROOT, "\"sdk%s\": %.0f", suffix, sdk));
    figures.add(String.format(Locale.ROOT, "\"ratio_sdk%s\": %.2f", suffix, ours / sdk));
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** A whole import: file, inspection, job. */
  private long ours(String endpoint, String target) throws Exception {
    String yaml =
        """
        source:
          type: scan
          table: source
          endpoint: %s
          read-capacity: 10000000
        sink:
          table: %s
          endpoint: %s
          write-capacity: 10000000
        pipeline:
          name: bench-%d
          parallelism: %d
          checkpoint: {directory: %s}
          dead-letters: {directory: %s}
        """
            .formatted(
                endpoint,
                target,
                endpoint,
                runs++,
                PARALLELISM,
                folder.resolve("checkpoints"),
                folder.resolve("letters"));
    Path file = Files.writeString(folder.resolve("import.yaml"), yaml);
    PreparedImport prepared = PreparedImport.prepare(ImportFile.read(file, List.of()), null);
    ImportRun.Result result = cluster.submit(prepared.toJob()).result();
    if (result.failure().isPresent()) {
      throw result.failure().get();
    }
    return result.report().ledger().get(Count.WRITTEN);
  }

  private static Process server(String heap, Class<?> main, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static BufferedReader output(Process server) {
    return new BufferedReader(
        new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    cluster.close();
  }
}
