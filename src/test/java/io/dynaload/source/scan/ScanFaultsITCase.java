package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.faulty.Fault;
import io.dynaload.faulty.FaultyServer;
import io.dynaload.faulty.TableSpec;
import io.dynaload.local.LocalTables;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A source whose calls fail in every way, and a target that does not. */
@Timeout(180)
class ScanFaultsITCase {
  private static final int ITEMS = 8_000;

  @TempDir private Path folder;
  private FaultyServer source;
  private ScanImport imports;

  @BeforeEach
  void start() throws Exception {
    source = FaultyServer.start();
    imports = new ScanImport(folder);
    source.create("faulty", TableSpec.unlimited(ScanImport.KEYS));
    for (int i = 0; i < ITEMS; i++) {
      String item =
          "{\"id\":{\"S\":\"%d\"},\"n\":{\"N\":\"%d\"},\"text\":{\"S\":\"%s\"}}"
              .formatted(i % 801, i, "x".repeat(i % 700));
      source
          .service()
          .call(
              "PutItem",
              ("{\"TableName\":\"faulty\",\"Item\":" + item + "}")
                  .getBytes(StandardCharsets.UTF_8));
    }
    source.service().faultScans();
  }

  @AfterEach
  void stop() throws Exception {
    imports.close();
    source.close();
  }

  private void assertCopied() {
    try (DynamoDbClient theirs = LocalTables.client(source.endpoint())) {
      source.service().atRandom(0, 0);
      assertThat(imports.content("copy"))
          .isEqualTo(LocalTables.content(theirs, "faulty"))
          .hasSize(ITEMS);
    }
  }

  @Test
  void whatMayPassIsTriedAgainAndEachItemComesOnce() throws Exception {
    PreparedImport prepared =
        ScanImport.prepare(
            imports.file("copy", source.endpoint(), "table: faulty\nread-capacity: 100"), null);
    source.service().atRandom(5, 0.3);
    source.table("faulty").reads().limit(120, 1);

    try (LocalCluster cluster = LocalCluster.start(2, 1)) {
      ImportRun run = cluster.submit(prepared.firstStep());
      ScanImport.awaitRead(run, ITEMS / 4);
      cluster.flink().terminateTaskManager(0).get();
      cluster.flink().startTaskManager();
      ScanImport.assertFinished(run.result(), ITEMS);
    }
    assertThat(source.service().drawn()).hasSizeGreaterThan(6);
    assertCopied();
  }

  @ParameterizedTest
  @EnumSource(names = {"DENIED", "EXPIRED", "INVALID"})
  void whatWouldFailAgainEndsTheRunAndItGoesOnWhenResumed(Fault fault) throws Exception {
    Path file = imports.file("copy", source.endpoint(), "table: faulty\nread-capacity: 100");
    PreparedImport prepared = ScanImport.prepare(file, null);
    ImportException failure;
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun run = cluster.submit(prepared.firstStep());
      ScanImport.awaitRead(run, ITEMS / 8);
      ScanImport.awaitCheckpoint(run, prepared);
      source.service().then(fault, fault, fault, fault, fault, fault, fault, fault);
      failure = run.result().failure().orElseThrow();
    }
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE);
    assertThat(failure.problem().contains("cannot be scanned any more"))
        .isEqualTo(fault == Fault.INVALID);
    assertThat(failure).hasMessageStartingWith("the table faulty (us-east-1, http://127.0.0.1:");

    source.service().clear();
    PreparedImport resumed = ScanImport.prepare(file, "latest");
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ScanImport.assertFinished(cluster.submit(resumed.firstStep()).result(), ITEMS);
    }
    assertCopied();
  }
}
