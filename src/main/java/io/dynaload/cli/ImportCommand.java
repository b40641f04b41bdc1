package io.dynaload.cli;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.ImportsFile;
import io.dynaload.pipeline.PreparedImport;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the import that a file describes. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Runs the import, or the imports, that a file describes.")
final class ImportCommand extends RunCommand {
  @Mixin private final ImportSelection selection = new ImportSelection();

  @Option(
      names = "--resume",
      paramLabel = "latest|PATH",
      description =
          "Go on from the newest checkpoint of this import, or from that one; of several imports,"
              + " with those that are not done.")
  private @Nullable String resume;

  @Option(
      names = "--local",
      description =
          "Write to an embedded DynamoDB Local in the target's place, make the table if need be, and"
              + " show its first items at the end.")
  private boolean local;

  ImportCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitStatus run() throws Exception {
    if (local) {
      return runLocally();
    }
    ImportsFile read = selection.read();
    return read.isSeveral()
        ? new GroupRunner(terminal, options, read, false).run(resume)
        : new ImportRunner(terminal, options).run(PreparedImport.prepare(read.onlyOne(), resume));
  }

  private ExitStatus runLocally() throws Exception {
    if (resume != null) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "--local and --resume cannot be combined: the embedded table ends with its run",
          "Leave one of the two out.");
    }
    ImportsFile real = selection.read();
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start();
        TemporaryFolder checkpoints = TemporaryFolder.create("dynaload-trial")) {
      ImportsFile trial = real.asTrial(dynamoDb.endpoint(), checkpoints.path().toString());
      ExitStatus status = runTrial(trial);
      Set<String> shown = new HashSet<>();
      for (ImportFile each : trial.imports().values()) {
        if (shown.add(each.sink().table())) {
          new FirstItems(each.sink()).print(terminal.out());
        }
      }
      return status;
    }
  }

  private ExitStatus runTrial(ImportsFile trial) throws InterruptedException {
    return trial.isSeveral()
        ? new GroupRunner(terminal, options, trial, true).run(null)
        : new ImportRunner(terminal, options)
            .runTrial(PreparedImport.prepareTrial(trial.onlyOne()));
  }
}
