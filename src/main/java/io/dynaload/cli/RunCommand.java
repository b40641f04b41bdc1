package io.dynaload.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that runs an import. */
abstract class RunCommand implements Callable<Integer> {
  @Mixin final RunOptions options = new RunOptions();

  final Terminal terminal;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  abstract ExitStatus run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    options.check();
    return run().code();
  }
}
