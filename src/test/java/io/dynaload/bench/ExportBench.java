package io.dynaload.bench;

import com.sun.management.OperatingSystemMXBean;
import io.dynaload.item.Item;
import io.dynaload.source.format.FilePart;
import io.dynaload.source.format.Formats;
import io.dynaload.source.format.RecordCursor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Megabytes of DynamoDB JSON a CPU-second, from one compressed file of an export into items, of
 * several ways by turns.
 */
public final class ExportBench {
  private static final int WARM_UP_ROUNDS = 3;
  private static final int BLOCK = 64 << 10;

  /** Reads the file and returns how many items it holds. */
  private interface Reading {
    long items(Path file) throws Exception;
  }

  private ExportBench() {}

  /**
   * @param args megabytes of JSON, and rounds
   */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[1]);
    Path file = Files.createTempFile("dynaload-bench", ".json.gz");
    try {
      ExportFile export = ExportFile.write(file, Long.parseLong(args[0]) * 1_000_000);
      System.out.printf(
          Locale.ROOT,
          "%,d items of %d B of JSON each, compressed to a %.1fth%n",
          export.items(),
          export.bytes() / export.items(),
          (double) export.bytes() / Files.size(file));
      run(file, export, rounds);
    } finally {
      Files.delete(file);
    }
  }

  private static void run(Path file, ExportFile export, int rounds) throws Exception {
    Map<String, Reading> readings = new LinkedHashMap<>();
    readings.put("ours", ExportBench::ours);
    readings.put("jackson", JacksonReading::items);
    readings.put("gunzip", f -> gunzip(f, export.items()));
    Map<String, double[]> measured = new LinkedHashMap<>();
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      StringBuilder line = new StringBuilder(round < 0 ? "warm-up:" : "round " + (round + 1) + ":");
      for (Map.Entry<String, Reading> reading : readings.entrySet()) {
        double seconds = cpuSeconds(reading.getValue(), file, export.items());
        note(measured, reading.getKey(), export.bytes() / 1e6 / seconds, round, rounds, line);
      }
      double seconds = zcat(file, export.items());
      note(measured, "zcat", export.bytes() / 1e6 / seconds, round, rounds, line);
      System.out.println(line);
    }
    System.out.println(figures(measured, rounds));
  }

  private static void note(
      Map<String, double[]> measured,
      String name,
      double figure,
      int round,
      int rounds,
      StringBuilder line) {
    line.append(String.format(Locale.ROOT, " %s %.0f", name, figure));
    if (round >= 0) {
      measured.computeIfAbsent(name, any -> new double[rounds])[round] = figure;
    }
  }

  private static String figures(Map<String, double[]> measured, int rounds) {
    Map<String, Double> medians = new LinkedHashMap<>();
    measured.forEach((name, figures) -> medians.put(name, SinkBench.median(figures)));
    double ours = medians.getOrDefault("ours", 0.0);
    List<String> figures = new ArrayList<>();
    medians.forEach(
        (name, median) -> figures.add(String.format(Locale.ROOT, "\"%s\": %.0f", name, median)));
    medians.forEach(
        (name, median) -> {
          if (!name.equals("ours")) {
            figures.add(String.format(Locale.ROOT, "\"ratio_%s\": %.2f", name, ours / median));
          }
        });
    figures.add("\"rounds\": " + rounds);
    return "{" + String.join(", ", figures) + "}";
  }

  private static double cpuSeconds(Reading reading, Path file, long items) throws Exception {
    System.gc();
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long before = process.getProcessCpuTime();
    long read = reading.items(file);
    long nanos = process.getProcessCpuTime() - before;
    check(read, items);
    return nanos / 1e9;
  }

  private static void check(long read, long items) {
    if (read != items) {
      throw new IllegalStateException(read + " of " + items + " items were read");
    }
  }

  static InputStream open(Path file) throws IOException {
    return new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file), BLOCK), BLOCK);
  }

  private static long ours(Path file) throws IOException {
    long items = 0;
    try (RecordCursor cursor =
        Formats.dynamoDbExport().open(offset -> open(file), FilePart.whole(file.toString()))) {
      for (Item item = cursor.next(); item != null; item = cursor.next()) {
        items += item.isRejected() ? 0 : 1;
      }
    }
    return items;
  }

  private static long gunzip(Path file, long items) throws IOException {
    byte[] block = new byte[BLOCK];
    try (InputStream in = open(file)) {
      while (in.read(block) >= 0) {}
    }
    return items;
  }

  /** The CPU time of both processes. */
  private static double zcat(Path file, long items) throws Exception {
    Process shell =
        new ProcessBuilder("bash", "-c", "zcat \"$1\" | wc -l; times", "bash", file.toString())
            .start();
    String[] said =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("\n");
    check(Long.parseLong(said[0].trim()), items);
    String[] children = said[said.length - 1].split(" ");
    return seconds(children[0]) + seconds(children[1]);
  }

  /** Of a time such as {@code 0m1.234s}. */
  private static double seconds(String time) {
    int minutes = time.indexOf('m');
    return Double.parseDouble(time.substring(0, minutes)) * 60
        + Double.parseDouble(time.substring(minutes + 1, time.length() - 1));
  }
}
