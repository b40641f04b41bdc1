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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

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
  private final LongSupplier clock;
  private final Map<String, String> running = new LinkedHashMap<>();

  /** What each has done that has not ended; also while nothing of it is shown. */
  private final Map<String, Done> begun = new HashMap<>();

  private final Map<Count, Long> ended = new EnumMap<>(Count.class);
  private final Rates total = new Rates();
  private int done;
  private int drawn;
  private long lastDrawn;

  private record Done(long settled, long units) {
    static Done of(Map<Count, Long> counts) {
      return new Done(
          Ledger.ofInterruptedRun(counts).settled(), counts.getOrDefault(Count.WRITE_UNITS, 0L));
    }
  }

  /**
   * @param imports how many there are
   */
  Board(Terminal terminal, int imports) {
    this(terminal, imports, System::nanoTime);
  }

  Board(Terminal terminal, int imports, LongSupplier clock) {
    this.terminal = terminal;
    this.imports = imports;
    this.clock = clock;
    this.lastDrawn = clock.getAsLong();
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
      public void show(LiveMetrics live, Map<Count, Long> counts) {
        String line =
            progress.line(clock.getAsLong(), live.progress(), live.estimatedItems(), live.counts());
        Board.this.show(name, label + "  " + line, counts);
      }

      @Override
      public void end() {
        remove(name);
      }
    };
  }

  /**
   * Shows how far an import is.
   *
   * @param counts of all of it, up to now
   */
  synchronized void show(String name, String line, Map<Count, Long> counts) {
    running.put(name, line);
    begun.put(name, Done.of(counts));
    long now = clock.getAsLong();
    if (now - lastDrawn >= (terminal.isInteractive() ? REDRAW : PLAIN_INTERVAL)) {
      lastDrawn = now;
      erase();
      draw(now);
    }
  }

  /** Shows nothing more of an import for now. */
  synchronized void remove(String name) {
    running.remove(name);
    erase();
  }

  /** An import has ended, or is not begun: its report takes the place of what was shown of it. */
  synchronized void ended(String name, GroupReport.Part part) {
    begun.remove(name);
    part.report().ledger().counts().forEach((count, items) -> ended.merge(count, items, Long::sum));
    done += part.isDone() ? 1 : 0;
  }

  private void draw(long now) {
    List<String> lines = new ArrayList<>(running.values());
    lines.add(totalLine(now));
    for (String line : lines) {
      terminal.err().println(terminal.isInteractive() ? terminal.fitting(line) : line);
    }
    terminal.err().flush();
    drawn = terminal.isInteractive() ? lines.size() : 0;
  }

  private String totalLine(long now) {
    Done all = Done.of(ended);
    long settled = all.settled() + begun.values().stream().mapToLong(Done::settled).sum();
    long units = all.units() + begun.values().stream().mapToLong(Done::units).sum();
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
