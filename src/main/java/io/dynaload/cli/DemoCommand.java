package io.dynaload.cli;

import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.PreparedImport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs examples/lindorm.yaml on embedded servers, reads the target back and compares. What it runs
 * is what a user would run: the same file, the same driver, the same job.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Imports a month of generated sensor readings from an embedded Lindorm-protocol server into"
            + " DynamoDB Local, reads them back and compares.")
final class DemoCommand extends RunCommand {
  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Rows of the source table, over two months (default: ${DEFAULT-VALUE}).")
  private long rows = 100_000;

  @Option(
      names = "--servers-only",
      description = "Start the two servers, print where they are, and stay until interrupted.")
  private boolean serversOnly;

  @Option(
      names = "--lindorm-port",
      paramLabel = "PORT",
      defaultValue = "30060",
      description = "Of --servers-only; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int lindormPort = 30_060;

  @Option(
      names = "--dynamodb-port",
      paramLabel = "PORT",
      defaultValue = "8000",
      description = "Of --servers-only; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int dynamoDbPort = 8_000;

  DemoCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitStatus run() throws Exception {
    if (rows < 1 || rows > 1_000_000_000) {
      terminal.err().println("error: --rows " + rows + " is not between 1 and 1,000,000,000");
      return ExitStatus.USAGE;
    }
    Path example = Home.folder().resolve("examples/lindorm.yaml");
    try (DemoServers servers =
        serversOnly
            ? DemoServers.start(lindormPort, dynamoDbPort, rows)
            : DemoServers.start(0, 0, rows)) {
      servers.describe(terminal.out());
      return serversOnly ? stay() : importAndCompare(example, servers);
    }
  }

  private ExitStatus stay() throws InterruptedException {
    terminal.out().println("Ready. Ctrl-C stops them.");
    terminal.out().flush();
    CountDownLatch stopped = new CountDownLatch(1);
    try (Interrupts interrupts = new Interrupts(stopped::countDown)) {
      stopped.await();
      return interrupts.received().orElse(ExitStatus.OK);
    }
  }

  private ExitStatus importAndCompare(Path example, DemoServers servers) throws Exception {
    try (TemporaryFolder checkpoints = TemporaryFolder.create("dynaload-demo")) {
      ImportFile file =
          ImportFile.read(example, List.of("source.url=" + servers.lindormUrl()))
              .asTrial(servers.dynamoDbEndpoint(), checkpoints.path().toString());
      ExitStatus status =
          new ImportRunner(terminal, options).runTrial(PreparedImport.prepare(file, null));
      return status == ExitStatus.OK ? compare(file, servers) : status;
    }
  }

  private ExitStatus compare(ImportFile file, DemoServers servers) {
    ReadBack.Comparison comparison = new ReadBack(file.sink()).compare(servers.expectedItems());
    terminal.out().println("Read back: " + comparison);
    return comparison.equal() ? ExitStatus.OK : ExitStatus.DIFFERENT;
  }
}
