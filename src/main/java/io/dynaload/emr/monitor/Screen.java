package io.dynaload.emr.monitor;

import io.dynaload.metrics.CloudWatchNames;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Shows a snapshot to people, in lines. */
final class Screen {
  private static final int BAR = 20;

  private Screen() {}

  static List<String> lines(Snapshot now) {
    List<String> lines = new ArrayList<>();
    Verdict verdict = Verdict.of(now);
    lines.add(
        "%s  %s%s"
            .formatted(
                Texts.moment(now.at()),
                verdict.state(),
                verdict.reason().isEmpty() ? "" : ": " + verdict.reason()));
    lines.add("");
    cluster(now, lines);
    now.steps().forEach(step -> step(now, step, lines));
    now.imports().forEach(each -> importLines(now, each, lines));
    if (now.imports().isEmpty()) {
      line(lines, "import", "no figures yet");
      Done.byTable(now).ifPresent(done -> lines.add(bar(done)));
    }
    table(now, lines);
    cost(now, lines);
    now.notes().forEach(note -> line(lines, "note", note));
    return lines;
  }

  private static void cluster(Snapshot now, List<String> lines) {
    ClusterView cluster = now.cluster();
    line(
        lines,
        "cluster",
        join(
            cluster.id(),
            cluster.name(),
            cluster.state(),
            cluster.created() == null ? "" : Texts.duration(cluster.age(now.at())),
            cluster.hardware()));
    if (!cluster.reason().isEmpty()) {
      line(lines, "", cluster.reason());
    }
  }

  private static void step(Snapshot now, StepView step, List<String> lines) {
    line(
        lines,
        "step",
        join(
            step.id(),
            step.name(),
            step.state(),
            step.started() == null ? "" : Texts.duration(step.took(now.at()))));
    if (!step.isActive() && !step.failure().isEmpty()) {
      line(lines, "", step.failure().lines().findFirst().orElse(""));
    }
  }

  private static void importLines(Snapshot now, ImportView view, List<String> lines) {
    ImportView.State state = view.state(now.at());
    ApplicationView application = view.application();
    line(
        lines,
        "import",
        join(
            view.name(),
            state.toString(),
            view.run().isEmpty() ? "" : "run " + view.run(),
            application == null || application.id().isEmpty()
                ? ""
                : application.id() + " " + application.state()));
    if (view.figures().isEmpty()) {
      line(lines, "", "no figures yet");
      Done.byTable(now).ifPresent(done -> lines.add(bar(done)));
      return;
    }
    Done.of(view, now).ifPresent(done -> lines.add(bar(done)));
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      view.count(count).ifPresent(value -> counts.put(count, value));
    }
    line(
        lines,
        "  items",
        join(
            counts.isEmpty() ? "none yet" : Texts.number(Ledger.ofInterruptedRun(counts).settled()),
            rate(view, CloudWatchNames.ITEMS_PER_SECOND, " items/s"),
            "written " + Texts.number(counts.getOrDefault(Count.WRITTEN, 0L)),
            "rejected " + Texts.number(counts.getOrDefault(Count.REJECTED, 0L))));
    line(
        lines,
        "  writes",
        join(
            rate(view, CloudWatchNames.UNITS_PER_SECOND, " WCU/s")
                + view.figure(CloudWatchNames.WRITE_LIMIT)
                    .map(limit -> " of " + Texts.number(limit) + " it may use")
                    .orElse(""),
            "throttled " + Texts.number(counts.getOrDefault(Count.THROTTLED, 0L))));
    view.asOf()
        .ifPresent(
            at ->
                line(
                    lines,
                    "  as of",
                    "%s UTC, %s ago (CloudWatch)%s"
                        .formatted(
                            Texts.minute(at),
                            Texts.duration(Duration.between(at, now.at())),
                            application == null || application.counts().isEmpty()
                                ? ""
                                : "; counts of now (Flink)")));
  }

  private static String rate(ImportView view, String name, String unit) {
    return view.figure(name).map(value -> Texts.number(value) + unit).orElse("");
  }

  private static String bar(Done done) {
    int full = (int) (done.percent() / 100 * BAR);
    Double seconds = done.secondsLeft();
    return "  [%s%s] %d%%%s  %s"
        .formatted(
            "#".repeat(full),
            "-".repeat(BAR - full),
            (int) done.percent(),
            seconds == null ? "" : "  " + clock(seconds) + " left",
            done.basis());
  }

  private static String clock(double seconds) {
    Duration left = Duration.ofSeconds((long) seconds);
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
  }

  private static void table(Snapshot now, List<String> lines) {
    TableView table = now.table();
    if (table.state().isEmpty()) {
      return;
    }
    line(
        lines,
        "table",
        join(
            table.name(),
            table.state(),
            table.writeUnits() == 0
                ? "on-demand"
                : Texts.number(table.writeUnits()) + " WCU/s provisioned"));
    Point consumed = table.consumed();
    line(
        lines,
        "  writes",
        consumed == null
            ? "no consumption known"
            : join(
                "%s WCU/s consumed at %s UTC"
                    .formatted(Texts.number(consumed.value()), Texts.minute(consumed.at())),
                table.writeUnits() == 0
                    ? ""
                    : (int) (100 * consumed.value() / table.writeUnits()) + "% of its capacity",
                refused(table)));
  }

  private static String refused(TableView table) {
    Point refused = table.refused();
    return refused == null || refused.value() == 0
        ? "none refused"
        : "THROTTLED: %s writes refused at %s UTC"
            .formatted(Texts.number(refused.value()), Texts.minute(refused.at()));
  }

  private static void cost(Snapshot now, List<String> lines) {
    Cost cost = Cost.of(now);
    line(
        lines,
        "cost",
        cost.total().isEmpty()
            ? "unknown"
            : "about %s so far: cluster %s, write units %s (estimate, list prices of us-east-1)"
                .formatted(
                    Texts.dollars(cost.total().getAsDouble()),
                    dollars(cost.cluster()),
                    dollars(cost.writeUnits())));
  }

  private static String dollars(OptionalDouble value) {
    return value.isEmpty() ? "unknown" : Texts.dollars(value.getAsDouble());
  }

  private static void line(List<String> lines, String label, String text) {
    lines.add("%-10s%s".formatted(label, text).stripTrailing());
  }

  private static String join(String... parts) {
    return java.util.Arrays.stream(parts)
        .filter(part -> !part.isEmpty())
        .collect(java.util.stream.Collectors.joining("  "));
  }
}
