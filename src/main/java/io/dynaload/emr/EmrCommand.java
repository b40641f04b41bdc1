package io.dynaload.emr;

import io.dynaload.emr.monitor.MonitorCommand;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What deploy.sh and monitor.sh leave to this program. */
@Command(
    name = "emr",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "What deploy.sh and monitor.sh are made of.",
    subcommands = CommandLine.HelpCommand.class)
public final class EmrCommand {
  private EmrCommand() {}

  /**
   * The command with those below it.
   *
   * @param out takes what they say
   * @param err takes what goes wrong on the way
   */
  public static CommandLine create(PrintStream out, PrintStream err) {
    return new CommandLine(new EmrCommand())
        .addSubcommand(new PlanCommand(out))
        .addSubcommand(new AddStepCommand(out))
        .addSubcommand(new StopCommand(out))
        .addSubcommand(new MonitorCommand(out, err));
  }
}
