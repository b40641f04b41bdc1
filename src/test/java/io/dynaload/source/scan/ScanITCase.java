package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole imports from tables to tables of DynamoDB Local. */
@Timeout(240)
class ScanITCase {
  private static final int ITEMS = 50_000;

  @TempDir private static Path folder;
  private static ScanImport imports;

  @BeforeAll
  static void startTheServer() {
    imports = new ScanImport(folder);
  }

  @AfterAll
  static void stopTheServer() {
    imports.close();
  }

  @Test
  void aTableWithEveryTypeIsCopied() throws Exception {
    imports.fillAtRandom("every-type", 500);
    Path file = imports.file("every-type-copy", "table: every-type");

    ScanImport.assertFinished(ScanImport.run(file), 500);
    assertThat(imports.content("every-type-copy")).isEqualTo(imports.content("every-type"));
  }

  @Test
  void threeTablesOfOneJobAreCopiedThoughItIsKilledTwice() throws Exception {
    String[] sources = {"big-1", "big-2", "big-3"};
    for (String source : sources) {
      imports.fill(source, ITEMS);
    }
    Path file = imports.file("big-copy", "tables: [big-1, 'big-*']\nread-capacity: 1000");
    PreparedImport prepared = ScanImport.prepare(file, null);

    try (LocalCluster cluster = LocalCluster.start(2, 1)) {
      ImportRun run = cluster.submit(prepared.firstStep());
      for (int kill = 0; kill < 2; kill++) {
        ScanImport.awaitRead(run, 30_000 + kill * 50_000);
        cluster.flink().terminateTaskManager(kill).get();
        cluster.flink().startTaskManager();
      }
      ScanImport.assertFinished(run.result(), 3 * ITEMS);
    }
    assertThat(imports.content("big-copy")).isEqualTo(imports.content(sources)).hasSize(3 * ITEMS);
  }
}
