package io.dynaload.cli;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.GroupReport;
import io.dynaload.metrics.Ledger;
import io.dynaload.pipeline.LiveMetrics;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One terminal for several imports: a line of progress for each that runs and one for the total,
 * redrawn in place on a terminal and printed every ten seconds elsewhere; and above them, in whole
 * lines, what else each has to say. Thread-safe.
 */
final class Board {
  private static final long REDRAW = Duration.ofMillis(250).toNanos();
  private static final long PLAIN_INTERVAL = Duration.ofSeconds(10).toNanos();

  private final Terminal terminal;
  private final int imports;
  private final Map<String, Shown> running = new LinkedHashMap<>();
  private final Map<Count, Long> ended = new EnumMap<>(Count.class);
  private final Rates total = new Rates();
  private int done;
  private int drawn;
  private long lastDrawn = System.nanoTime();

  private record Shown(String line, long settled, long units) {}

  /**
   * @param imports how many there are
   */
  Board(Terminal terminal, int imports) {
    this.terminal = terminal;
    this.imports = imports;
  }

  /** What an import writes to; messages begin with its name, results do not. */
  Terminal terminalOf(String name) {
    return new Terminal(lines("", terminal.out()), lines(name + ": ", terminal.err()), 0);
  }

  private PrintStream lines(String label, PrintStream to) {
    return new PrintStream(new Lines(label, to), true, StandardCharsets.UTF_8);
  }

  /** Shows how far an import is, or a step of it. */
  ProgressView progressOf(String name, String step) {
    String label = step.isEmpty() ? name : name + "  " + step;
    Progress progress = new Progress();
    return new ProgressView() {
      @Override
      public void show(LiveMetrics live) {
        Map<Count, Long> counts = live.counts();
        Shown shown =
            new Shown(
                label
                    + "  "
                    + progress.line(
                        System.nanoTime(), live.progress(), live.estimatedItems(), counts),
                Ledger.ofInterruptedRun(counts).settled(),
                counts.getOrDefault(Count.WRITE_UNITS, 0L));
        Board.this.show(name, shown);
      }

      @Override
      public void end() {
        remove(name);
      }
    };
  }

  private synchronized void show(String name, Shown shown) {
    running.put(name, shown);
    long now = System.nanoTime();
    if (now - lastDrawn >= (terminal.isInteractive() ? REDRAW : PLAIN_INTERVAL)) {
      lastDrawn = now;
      erase();
      draw(now);
    }
  }

  private synchronized void remove(String name) {
    running.remove(name);
    erase();
  }

  /** An import has ended. */
  synchronized void ended(GroupReport.Part part) {
    part.report().ledger().counts().forEach((count, items) -> ended.merge(count, items, Long::sum));
    done += part.isDone() ? 1 : 0;
  }

  private void draw(long now) {
    List<String> lines = new ArrayList<>();
    running.values().forEach(shown -> lines.add(shown.line()));
    lines.add(totalLine(now));
    for (String line : lines) {
      terminal.err().println(terminal.isInteractive() ? terminal.fitting(line) : line);
    }
    terminal.err().flush();
    drawn = terminal.isInteractive() ? lines.size() : 0;
  }

  private String totalLine(long now) {
    long settled = Ledger.ofInterruptedRun(ended).settled();
    long units = ended.getOrDefault(Count.WRITE_UNITS, 0L);
    for (Shown shown : running.values()) {
      settled += shown.settled();
      units += shown.units();
    }
    return String.format(
        Locale.ROOT,
        "total  %d of %d done  %s",
        done,
        imports,
        total.text(now, settled, "", units));
  }

  /** Takes the drawn lines away, so that what follows stands where they were. */
  private void erase() {
    if (drawn > 0) {
      terminal.err().print("\u001b[" + drawn + "A\r\u001b[J");
      terminal.err().flush();
      drawn = 0;
    }
  }

  private synchronized void print(PrintStream to, String line) {
    erase();
    to.println(line);
    to.flush();
  }

  /** Passes whole lines on, so that those of different imports do not mix. */
  private final class Lines extends OutputStream {
    private final String label;
    private final PrintStream to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(String label, PrintStream to) {
      this.label = label;
      this.to = to;
    }

    @Override
    public synchronized void write(int b) {
      if (b == '\n') {
        print(to, label + line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }
  }
}
