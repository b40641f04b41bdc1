package io.dynaload.bench;

import io.dynaload.item.Item;
import io.dynaload.local.SensorReadings;
import io.dynaload.pipeline.ImportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Rows a second of wall time through the Lindorm source, as a Flink job of one and of two readers,
 * beside a {@link JdbcLoop} over the same rows by turns; and the heap that a read needs.
 */
public final class LindormBench {
  private static final int WARM_UP_ROUNDS = 2;
  private static final int FEW = 100_000;
  private static final int MANY = 1_000_000;
  private static final int PAGE_SIZE = 2_000;
  private static final int ROWS_A_SPLIT = 16_000;
  private static final int HEAP_SAMPLES = 40;

  private final MiniCluster cluster;
  private final String url;
  private final Path file;

  private LindormBench(MiniCluster cluster, String url, Path file) {
    this.cluster = cluster;
    this.url = url;
    this.file = file;
  }

  /**
   * @param args rows a turn, at most a million; rounds
   */
  public static void main(String[] args) throws Exception {
    int rows = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Path file = Files.createTempFile("dynaload-bench", ".yaml");
    try (TableServer server = TableServer.start(MANY);
        MiniCluster cluster = SinkJob.cluster()) {
      new LindormBench(cluster, server.url(), file).run(rows, rounds);
    } finally {
      Files.delete(file);
    }
    System.exit(0); // whatever threads a driver has left
  }

  private void run(int rows, int rounds) throws Exception {
    double[] one = new double[rounds];
    double[] two = new double[rounds];
    double[] jdbc = new double[rounds];
    long started = System.nanoTime();
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      double ofJdbc = rows / jdbcSeconds(rows);
      double ofOne = rows / jobSeconds(rows, 1, UnaryOperator.identity());
      double ofTwo = rows / jobSeconds(rows, 2, UnaryOperator.identity());
      System.out.printf(
          Locale.ROOT,
          "%s: one reader %,.0f rows/s, two %,.0f, plain JDBC %,.0f%n",
          round < 0 ? "warm-up" : "round " + (round + 1),
          ofOne,
          ofTwo,
          ofJdbc);
      if (round >= 0) {
        one[round] = ofOne;
        two[round] = ofTwo;
        jdbc[round] = ofJdbc;
      }
    }
    double few = heapMegabytes(FEW);
    double many = heapMegabytes(MANY);
    System.out.printf(
        Locale.ROOT,
        "{\"rows_per_s_1\": %.0f, \"rows_per_s_2\": %.0f, \"jdbc_rows_per_s\": %.0f,"
            + " \"ratio_jdbc\": %.2f, \"heap_mb_100k\": %.1f, \"heap_mb_1m\": %.1f,"
            + " \"memory_ratio\": %.2f, \"rows\": %d, \"rounds\": %d, \"seconds\": %.1f}%n",
        SinkBench.median(one),
        SinkBench.median(two),
        SinkBench.median(jdbc),
        SinkBench.median(one) / SinkBench.median(jdbc),
        few,
        many,
        many / few,
        rows,
        rounds,
        (System.nanoTime() - started) / 1e9);
  }

  private double jdbcSeconds(int rows) throws SQLException {
    Instant end = end(rows);
    System.gc();
    long started = System.nanoTime();
    try (JdbcLoop loop = JdbcLoop.connect(url, PAGE_SIZE)) {
      long read = loop.read(end);
      if (read != rows || loop.checksum() == 0) {
        throw new IllegalStateException("The loop read " + read + " of " + rows + " rows");
      }
    }
    return (System.nanoTime() - started) / 1e9;
  }

  private double heapMegabytes(int rows) throws Exception {
    LiveHeap heap = new LiveHeap(rows / HEAP_SAMPLES);
    double unused = jobSeconds(rows, 1, items -> items.map(heap));
    if (LiveHeap.rows() != rows) {
      throw new IllegalStateException("The source gave " + LiveHeap.rows() + " of " + rows);
    }
    System.out.printf(
        Locale.ROOT,
        "heap during %,d rows: %.1f MB, at most %.1f MB%n",
        rows,
        LiveHeap.megabytes(),
        LiveHeap.peakMegabytes());
    return LiveHeap.megabytes();
  }

  /** Of the whole job, planning included; the first {@code rows} rows of the table are read. */
  private double jobSeconds(int rows, int parallelism, UnaryOperator<DataStream<Item>> through)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    env.setParallelism(parallelism);
    env.getConfig().disableGenericTypes();
    env.getConfig().enableObjectReuse();
    DataStream<Item> items =
        env.fromSource(source(rows), WatermarkStrategy.noWatermarks(), "lindorm");
    through.apply(items).sinkTo(new DiscardingSink<>());
    System.gc();
    long started = System.nanoTime();
    cluster.executeJobBlocking(env.getStreamGraph().getJobGraph());
    return (System.nanoTime() - started) / 1e9;
  }

  private Source<Item, ?, ?> source(int rows) throws IOException {
    Files.writeString(
        file,
        """
        source:
          type: lindorm
          url: %s
          username: %s
          password: ${env:BENCH_PASSWORD}
          table: readings
          timestamp-column: event_time
          from: 2023-01-01 00:00:00
          to: '%s'
          page-size: %d
          split-count: %d
        sink: {table: none, region: us-west-2, write-capacity: 1}
        pipeline: {name: bench, checkpoint: {directory: /tmp/dynaload-bench}}
        """
            .formatted(url, TableServer.USER, end(rows), PAGE_SIZE, rows / ROWS_A_SPLIT));
    ImportFile read = ImportFile.read(file, List.of());
    return read.source().toFlinkSource(read.source().inspect());
  }

  /** The time before which the table has so many rows, a multiple of the four of each moment. */
  private static Instant end(int rows) {
    return rows == MANY
        ? SensorReadings.TO
        : TableServer.readings(MANY).all().skip(rows).findFirst().orElseThrow().eventTime();
  }
}
