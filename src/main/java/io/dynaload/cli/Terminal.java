package io.dynaload.cli;

import java.io.PrintStream;

/**
 * Where a command writes: what it was asked for to {@code out}, progress and errors to {@code err}.
 *
 * @param columns of the terminal that {@code err} is, on which a line can be drawn anew; 0 if it is
 *     none
 */
record Terminal(PrintStream out, PrintStream err, int columns) {
  /** Of this process; run.sh says by a property whether it is at a terminal. */
  static Terminal ofProcess() {
    return new Terminal(System.out, System.err, Integer.getInteger("dynaload.columns", 0));
  }

  boolean isInteractive() {
    return columns > 0;
  }

  /** As much of a line as fits without wrapping, which would leave its first half behind. */
  String fitting(String line) {
    return line.length() < columns ? line : line.substring(0, columns - 1);
  }
}
