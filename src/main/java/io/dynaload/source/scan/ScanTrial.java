package io.dynaload.source.scan;

import io.dynaload.wire.ErrorBody;
import io.dynaload.wire.Failure;
import io.dynaload.wire.SignedCalls;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads one item before a job is submitted: expressions and permissions show there. Blocks. */
final class ScanTrial {
  private static final int SECONDS = 40;

  private ScanTrial() {}

  /**
   * Costs a read unit or so.
   *
   * @throws io.dynaload.error.ImportException CONFIGURATION if an expression is not valid; SOURCE
   *     if the table cannot be read
   */
  static void run(ScanConfig config, SourceTable table) {
    ScanErrors errors = new ScanErrors(config.aws(), "the table " + table.name());
    byte[] body = new ScanBody(table.name(), config.query(), table.position()).page(0, 1, "", 1);
    CompletableFuture<Optional<Failure>> outcome = new CompletableFuture<>();
    try (ScanService service = ScanService.open(config.aws())) {
      service.scan(
          body,
          new SignedCalls.Receiver() {
            @Override
            public void answered(int status, byte[] answer, SignedCalls.Judge judge) {
              if (status == 200) {
                outcome.complete(Optional.empty());
              } else {
                judge.judge(ErrorBody.read(status, answer), this::failed);
              }
            }

            @Override
            public void failed(Failure failure) {
              outcome.complete(Optional.of(failure));
            }
          });
      check(outcome.get(SECONDS, TimeUnit.SECONDS), errors);
    } catch (ExecutionException | TimeoutException e) {
      throw errors.unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw errors.unreachable(e);
    }
  }

  /** What may pass is left to the job, which tries again. */
  private static void check(Optional<Failure> failure, ScanErrors errors) {
    failure
        .filter(told -> told.kind() == Failure.Kind.INVALID || told.kind() == Failure.Kind.FATAL)
        .ifPresent(
            told -> {
              throw errors.refused(told);
            });
  }
}
