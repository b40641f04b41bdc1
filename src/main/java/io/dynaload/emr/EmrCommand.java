package io.dynaload.emr;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What deploy.sh leaves to this program; each of its commands reads files and writes files. */
@Command(
    name = "emr",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "What deploy.sh and monitor.sh are made of.",
    subcommands = CommandLine.HelpCommand.class)
public final class EmrCommand {
  private EmrCommand() {}

  /** The command with those below it; what they say goes to {@code out}. */
  public static CommandLine create(PrintStream out) {
    return new CommandLine(new EmrCommand())
        .addSubcommand(new PlanCommand(out))
        .addSubcommand(new AddStepCommand(out))
        .addSubcommand(new StopStepCommand(out));
  }
}
