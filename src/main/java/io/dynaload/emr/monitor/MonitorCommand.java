package io.dynaload.emr.monitor;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Shows how the imports of a cluster get on, in place on a terminal, until they end; then ends by
 * how they did.
 */
@Command(
    name = "monitor",
    mixinStandardHelpOptions = true,
    description = "Watches the imports of a cluster until they end.")
public final class MonitorCommand implements Callable<Integer> {
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final PrintStream out;
  private final PrintStream err;

  @Parameters(index = "0", paramLabel = "CLUSTER-ID")
  private String cluster = "";

  @Parameters(index = "1", paramLabel = "TABLE")
  private String table = "";

  @Parameters(index = "2", paramLabel = "REGION")
  private String region = "";

  @Option(names = "--step", paramLabel = "ID", description = "This step, not those that run.")
  private @Nullable String step;

  @Option(names = "--once", description = "Looks once and ends.")
  private boolean isOnce;

  @Option(names = "--json", description = "A line of JSON each time.")
  private boolean isJson;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "From one look to the next; ${DEFAULT-VALUE} by default.")
  private int interval = 10;

  @Option(
      names = "--items",
      paramLabel = "N",
      description = "How many items the table is to have, if no import says how far it is.")
  private @Nullable Long items;

  @Option(
      names = "--flink-url",
      paramLabel = "URL",
      description = "Where Flink's REST API answers, through a tunnel say.")
  private @Nullable String flinkUrl;

  @Option(names = "--in-place", hidden = true, description = "Redraws the screen.")
  private boolean isInPlace;

  /**
   * @param out takes what is shown
   * @param err takes what goes wrong on the way
   */
  public MonitorCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws InterruptedException {
    refuseUnless(interval >= 1, "--interval is " + interval, "Give at least 1, in seconds.");
    refuseUnless(
        items == null || items > 0,
        "--items is " + items,
        "Give the number of items that the table is to have, or leave it out.");
    Watched watched =
        new Watched(cluster, table, region, step, flinkUrl, items == null ? 0 : items);
    boolean hasSeen = false;
    try (Observer observer = new Observer(watched, Clock.systemUTC())) {
      while (true) {
        try {
          Snapshot now = observer.look();
          hasSeen = true;
          show(now);
          Verdict verdict = Verdict.of(now);
          if (isOnce || verdict.isFinal()) {
            return verdict.exitCode();
          }
        } catch (ImportException e) {
          if (isOnce || !hasSeen && Refusal.of(e.getCause()) != Refusal.THROTTLED) {
            throw e;
          }
          err.println("warning: " + e.problem());
        }
        TimeUnit.SECONDS.sleep(interval);
      }
    }
  }

  private static void refuseUnless(boolean isRight, String problem, String remedy) {
    if (!isRight) {
      throw new ImportException(ErrorCode.CONFIGURATION, problem, remedy);
    }
  }

  private void show(Snapshot now) {
    if (isJson) {
      out.println(SnapshotJson.of(now));
    } else {
      List<String> lines = Screen.lines(now);
      out.print((isInPlace ? CLEAR : "") + String.join("\n", lines) + (isInPlace ? "\n" : "\n\n"));
    }
    out.flush();
  }
}
