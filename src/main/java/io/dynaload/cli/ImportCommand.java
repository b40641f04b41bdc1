package io.dynaload.cli;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.PreparedImport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the import that a file describes. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Runs the import that a file describes.")
final class ImportCommand extends RunCommand {
  @Parameters(paramLabel = "FILE", description = "The import file (YAML).")
  private Path file = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set a value of the file, for example sink.table=x. May be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--resume",
      paramLabel = "latest|PATH",
      description = "Go on from the newest checkpoint of this import, or from that one.")
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
    ImportFile read = ImportFile.read(file, overrides);
    return new ImportRunner(terminal, options).run(PreparedImport.prepare(read, resume));
  }

  private ExitStatus runLocally() throws Exception {
    if (resume != null) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "--local and --resume cannot be combined: the embedded table ends with its run",
          "Leave one of the two out.");
    }
    ImportFile real = ImportFile.read(file, overrides);
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start();
        TemporaryFolder checkpoints = TemporaryFolder.create("dynaload-trial")) {
      ImportFile trial = real.asTrial(dynamoDb.endpoint(), checkpoints.path().toString());
      PreparedImport prepared = PreparedImport.prepareTrial(trial);
      ExitStatus status = new ImportRunner(terminal, options).runTrial(prepared);
      new FirstItems(trial.sink()).print(terminal.out());
      return status;
    }
  }
}
