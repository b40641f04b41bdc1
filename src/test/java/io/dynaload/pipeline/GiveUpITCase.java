package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.FaultyProxy;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.RunState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A target that is gone for longer than an import waits for it. */
@Timeout(240)
class GiveUpITCase {
  @Test
  void anImportThatGaveUpGoesOnFromItsLastCheckpointOnceTheTargetIsBack(@TempDir Path folder)
      throws Exception {
    try (LocalImport local = LocalImport.start(20_000, folder)) {
      URI target = URI.create(local.read().sink().aws().endpoint());
      try (FaultyProxy proxy = FaultyProxy.start(target.getHost(), target.getPort(), 1);
          LocalCluster cluster = LocalCluster.start(1, 2)) {
        String[] through = {
          "sink.endpoint=http://127.0.0.1:" + proxy.port(),
          "sink.write-capacity=2500",
          "sink.give-up-after=2s",
        };
        PreparedImport prepared = PreparedImport.prepare(local.read(through), null);
        ImportRun run = cluster.submit(prepared.toJob());
        while (run.live().count(Count.WRITTEN) < 2_000 || prepared.newestCheckpoint().isEmpty()) {
          assertThat(run.await(Duration.ofMillis(10))).as("over before a checkpoint").isFalse();
        }

        proxy.refuse();
        proxy.cutNow();
        ImportRun.Result gaveUp = run.result();

        assertThat(gaveUp.report().state()).isEqualTo(RunState.FAILED);
        ImportException failure = gaveUp.failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(ErrorCode.TARGET);
        assertThat(failure.remedy()).contains("--resume latest");

        proxy.pass();
        ImportRun.Result whole =
            cluster.submit(PreparedImport.prepare(local.read(through), "latest").toJob()).result();

        assertThat(whole.failure()).isEmpty();
        assertThat(whole.report().isComplete()).as(whole.report().summary()).isTrue();
        assertThat(whole.report().ledger().get(Count.WRITTEN)).isEqualTo(local.expectedRows());
        local.assertWhole();
      }
    }
  }

  @Test
  void aTableThatIsDeletedEndsTheImportAtOnce(@TempDir Path folder) throws Exception {
    try (LocalImport local = LocalImport.start(20_000, folder);
        LocalCluster cluster = LocalCluster.start(1, 2);
        DynamoDbClient client =
            LocalTables.client(URI.create(local.read().sink().aws().endpoint()))) {
      PreparedImport prepared =
          PreparedImport.prepare(local.read("sink.write-capacity=2500"), null);
      ImportRun run = cluster.submit(prepared.toJob());
      while (run.live().count(Count.WRITTEN) < 1_000) {
        assertThat(run.await(Duration.ofMillis(10))).as("over before the table is gone").isFalse();
      }

      client.deleteTable(request -> request.tableName("sensor-readings"));
      ImportRun.Result result = run.result();

      assertThat(result.report().state()).isEqualTo(RunState.FAILED);
      ImportException failure = result.failure().orElseThrow();
      assertThat(failure.code()).isEqualTo(ErrorCode.TARGET);
      assertThat(failure.problem()).contains("sensor-readings");
      // By far less than the fifteen minutes for which it would wait for what may pass.
      assertThat(result.report().took()).isLessThan(Duration.ofMinutes(2));
    }
  }
}
