package io.dynaload.cli;

import io.dynaload.metrics.Count;
import io.dynaload.pipeline.LiveMetrics;
import java.time.Duration;
import java.util.Map;

/** Draws the progress: one line redrawn on a terminal, a line every ten seconds elsewhere. */
final class ProgressPrinter implements ProgressView {
  private static final long PLAIN_INTERVAL = Duration.ofSeconds(10).toNanos();

  private final Terminal terminal;
  private final String label;
  private final Progress progress = new Progress();
  private long lastPlain;
  private boolean drawn;

  /**
   * @param label that each line begins with, or empty
   */
  ProgressPrinter(Terminal terminal, String label) {
    this.terminal = terminal;
    this.label = label.isEmpty() ? "" : label + "  ";
    this.lastPlain = System.nanoTime();
  }

  @Override
  public void show(LiveMetrics live, Map<Count, Long> counts) {
    long now = System.nanoTime();
    String line = label + progress.line(now, live.progress(), live.estimatedItems(), live.counts());
    if (terminal.isInteractive()) {
      terminal.err().print("\r\u001b[K" + terminal.fitting(line));
      terminal.err().flush();
      drawn = true;
    } else if (now - lastPlain >= PLAIN_INTERVAL) {
      terminal.err().println(line);
      lastPlain = now;
    }
  }

  /** Ends the line, so that what follows stands below it. */
  @Override
  public void end() {
    if (drawn) {
      terminal.err().println();
      drawn = false;
    }
  }
}
