package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.faulty.Fault;
import io.dynaload.faulty.TableSpec;
import io.dynaload.metrics.RunState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused once and for all while an import runs: it ends it, whatever restarts it has. */
@Timeout(120)
class RefusalITCase {
  @ParameterizedTest
  @CsvSource({
    "DENIED, AccessDeniedException, dynamodb:BatchWriteItem",
    "EXPIRED, ExpiredTokenException, valid AWS credentials"
  })
  void oneRefusalEndsTheImportAndItGoesOnWhenResumed(
      Fault fault, String code, String remedy, @TempDir Path folder) throws Exception {
    VersionedItems items = new VersionedItems(5, 2, 4_000, 500, 0);
    try (VersionedImport versions =
            VersionedImport.start(items, TableSpec.unlimited(VersionedItems.KEYS), folder);
        LocalCluster cluster = LocalCluster.start(1, 2)) {
      String[] slow = {"pipeline.parallelism=2", "sink.write-capacity=2000"};
      PreparedImport prepared = PreparedImport.prepare(versions.read(slow), null);
      ImportRun run = cluster.submit(prepared.toJob());
      VersionedImport.awaitSettled(run, 1_000);
      while (prepared.newestCheckpoint().isEmpty()) {
        assertThat(run.await(Duration.ofMillis(10))).as("over before a checkpoint").isFalse();
      }

      versions.server().service().then(fault);
      ImportRun.Result refused = run.result();

      assertThat(refused.report().state()).isEqualTo(RunState.FAILED);
      ImportException failure = refused.failure().orElseThrow();
      assertThat(failure.code()).isEqualTo(ErrorCode.TARGET);
      assertThat(failure.problem()).contains("the table versions", code);
      assertThat(failure.remedy()).contains(remedy);

      versions.assertComplete(
          cluster.submit(PreparedImport.prepare(versions.read(slow), "latest").toJob()).result());
    }
  }
}
