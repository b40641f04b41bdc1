package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.EmbeddedLindorm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The zone of the process that reads must not show: not in values, not in the range. */
@Timeout(60)
class TimeZoneITCase {
  private static EmbeddedLindorm lindorm;

  @BeforeAll
  static void fillTable() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
    lindorm.execute("CREATE TABLE t(ts TIMESTAMP, da DATE, tm TIME, PRIMARY KEY(ts))");
    // New York has no 02:30 on March 12th, and two 01:30 on November 5th.
    lindorm.execute(
        "INSERT INTO t VALUES ('2023-03-12 01:59:59.999', '2023-03-11', '23:59:59'),"
            + " ('2023-03-12 02:00:00', '2023-03-12', '02:30:00'),"
            + " ('2023-03-12 02:30:00.001', '2023-03-13', '00:00:00'),"
            + " ('2023-11-05 01:30:00', '1900-01-01', '01:30:00'),"
            + " ('2023-11-05 06:00:00', '2023-11-05', '12:00:00')");
  }

  @AfterAll
  static void stop() {
    lindorm.close();
  }

  /** Reads in a process of its own: a JVM looks at its zone in many places, and once only. */
  private static List<String> readIn(String zone) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=" + zone,
                "-cp",
                System.getProperty("java.class.path"),
                Reading.class.getName(),
                lindorm.url())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return printed.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Prints its zone, and what it read. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] arguments) throws Exception {
      List<String> lines = new ArrayList<>();
      lines.add(TimeZone.getDefault().getID());
      lines.addAll(
          Reads.table(
              LindormTables.withPages(
                  LindormTables.withRange(
                      LindormTables.config(arguments[0]),
                      Instant.parse("2023-03-12T02:00:00Z"),
                      Instant.parse("2023-11-05T06:00:00Z")),
                  2,
                  1)));
      System.out.println(String.join("\n", lines));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Asia/Shanghai", "America/New_York"})
  void valuesAndRangeAreTheSameInEveryZone(String zone) throws Exception {
    assertThat(readIn(zone))
        .containsExactly(
            zone,
            row("2023-03-12T02:00:00.000Z", "2023-03-12", "02:30:00"),
            row("2023-03-12T02:30:00.001Z", "2023-03-13", "00:00:00"),
            row("2023-11-05T01:30:00.000Z", "1900-01-01", "01:30:00"));
  }

  private static String row(String timestamp, String date, String time) {
    return "{\"ts\":{\"S\":\"%s\"},\"da\":{\"S\":\"%s\"},\"tm\":{\"S\":\"%s\"}}"
        .formatted(timestamp, date, time);
  }
}
