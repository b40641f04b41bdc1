package io.dynaload.cli;

import io.dynaload.cloudwatch.CloudWatchPublisher;
import io.dynaload.metrics.RunFigures;
import io.dynaload.metrics.RunReport;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.PreparedImport;
import java.util.Optional;
import java.util.function.Supplier;

/** Publishes how an import in this process gets on, step after step, if its file asks for that. */
final class RunPublisher implements AutoCloseable {
  private final Optional<CloudWatchPublisher> publisher;
  private volatile Supplier<RunFigures> source = () -> RunFigures.NONE;

  RunPublisher(PreparedImport prepared) {
    publisher = prepared.publish(() -> source.get());
  }

  void watch(ImportRun run) {
    source = run::figures;
  }

  void end(RunReport report, boolean hasFailed) {
    publisher.ifPresent(to -> to.end(report, hasFailed));
  }

  /** Without an end before, the import has failed. */
  @Override
  public void close() {
    publisher.ifPresent(CloudWatchPublisher::close);
  }
}
