package io.dynaload.cli;

import java.io.PrintStream;

/**
 * Where a command writes: what it was asked for to {@code out}, progress and errors to {@code err}.
 *
 * @param interactive whether {@code err} is a terminal, on which a line can be drawn anew
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
  /** Of this process; run.sh says by a property whether it is at a terminal. */
  static Terminal ofProcess() {
    return new Terminal(System.out, System.err, Boolean.getBoolean("dynaload.terminal"));
  }
}
