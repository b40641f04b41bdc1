package io.dynaload.cli;

import io.dynaload.emr.Applications;
import io.dynaload.emr.EmrCommand;
import io.dynaload.emr.YarnApplications;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The top of the command line; without a subcommand it is the demo. */
@Command(
    name = "run.sh",
    mixinStandardHelpOptions = true,
    version = "Dynaload 0.1.0",
    description = "Loads data into DynamoDB, at exactly the write capacity it was given.",
    footer = {"", "Without a command: the demo. Exit codes: docs/exit-codes.md."},
    subcommands = CommandLine.HelpCommand.class)
final class DynaloadCommand {
  private DynaloadCommand() {}

  /** Runs what the arguments say and returns how it ended; never throws. */
  static ExitStatus execute(String[] arguments, Terminal terminal) {
    // Only when it is called does it need the classes of YARN.
    return execute(arguments, terminal, flink -> YarnApplications.connect(flink));
  }

  /** The same with another cluster for applications. */
  static ExitStatus execute(
      String[] arguments, Terminal terminal, Function<Configuration, Applications> cluster) {
    CommandLine commands =
        new CommandLine(new DynaloadCommand())
            .addSubcommand(new DemoCommand(terminal))
            .addSubcommand(new ImportCommand(terminal))
            .addSubcommand(new ReplayCommand(terminal))
            .addSubcommand(new CheckCommand(terminal))
            .addSubcommand(EmrCommand.create(terminal.out(), terminal.err()))
            .addSubcommand(new StepCommand(terminal, cluster))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new java.io.PrintWriter(terminal.out(), true))
            .setErr(new java.io.PrintWriter(terminal.err(), true))
            .setExecutionExceptionHandler(
                (failure, command, parsed) ->
                    new FailurePrinter(terminal, isVerbose(command)).print(failure).code());
    String[] effective = arguments.length == 0 ? new String[] {"demo"} : arguments;
    int code = commands.execute(effective);
    for (ExitStatus status : ExitStatus.values()) {
      if (status.code() == code) {
        return status;
      }
    }
    return ExitStatus.UNEXPECTED;
  }

  private static boolean isVerbose(CommandLine command) {
    return command.getCommand() instanceof RunCommand run && run.options.verbose;
  }
}
