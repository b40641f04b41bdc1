package io.dynaload.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what libraries print on their own to the log, line by line: Lindorm's driver prints the
 * stack trace of every failed statement, which is no answer to a user's mistake.
 */
final class StrayOutput extends OutputStream {
  private static final Logger LOG = LoggerFactory.getLogger("stray");

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private StrayOutput() {}

  /** From now on, for the whole process. */
  static void toTheLog() {
    System.setErr(new PrintStream(new StrayOutput(), true, StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void write(int b) {
    if (b != '\n') {
      line.write(b);
      return;
    }
    LOG.warn("{}", line.toString(StandardCharsets.UTF_8));
    line.reset();
  }
}
