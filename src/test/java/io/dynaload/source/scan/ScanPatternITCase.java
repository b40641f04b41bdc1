package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Tables that match a pattern, when an import begins and when it goes on. */
@Timeout(180)
class ScanPatternITCase {
  private static final int ITEMS = 10_000;

  @TempDir private Path folder;
  private ScanImport imports;

  @BeforeEach
  void start() throws Exception {
    imports = new ScanImport(folder);
    imports.fill("orders-1", ITEMS);
  }

  @AfterEach
  void stop() {
    imports.close();
  }

  private void interrupted(Path file, String... overrides) throws Exception {
    PreparedImport prepared = ScanImport.prepare(file, null, overrides);
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun run = cluster.submit(prepared.firstStep());
      ScanImport.awaitRead(run, ITEMS / 10);
      assertThat(run.interrupt()).isTrue();
      assertThat(run.result().report().state()).isEqualTo(RunState.INTERRUPTED);
    }
  }

  private static ImportRun.Result resumed(Path file) throws Exception {
    PreparedImport resumed = ScanImport.prepare(file, "latest");
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      return cluster.submit(resumed.firstStep()).result();
    }
  }

  @Test
  void anImportGoesOnWithTheTablesThatItBeganWithThoughOthersMatchByNow() throws Exception {
    Path file = imports.file("orders-copy", "tables: ['orders-*']");
    interrupted(file, "source.read-capacity=8");
    // Not to be read with this one's keys, were it looked at.
    try (DynamoDbClient client = imports.client()) {
      LocalTables.create(
          client, "orders-0", new KeySchema(new KeyAttribute("other", KeyType.B), null));
    }
    interruptedAgain(file);

    ScanImport.assertFinished(resumed(file), ITEMS);
    assertThat(imports.content("orders-copy")).isEqualTo(imports.content("orders-1"));
  }

  /** So that the one after goes on from a run that went on from another. */
  private static void interruptedAgain(Path file) throws Exception {
    PreparedImport prepared = ScanImport.prepare(file, "latest", "source.read-capacity=8");
    assertThat(prepared.warnings()).isEmpty();
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun run = cluster.submit(prepared.firstStep());
      ScanImport.awaitRead(run, ITEMS / 5);
      assertThat(run.interrupt()).isTrue();
      assertThat(run.result().failure()).isEmpty();
    }
  }

  @Test
  void aTableThatIsGoneWhenItGoesOnIsNamed() throws Exception {
    imports.fill("orders-2", 10);
    Path file = imports.file("copy", "tables: ['orders-*']");
    interrupted(file, "source.read-capacity=8");
    try (DynamoDbClient client = imports.client()) {
      client.deleteTable(delete -> delete.tableName("orders-2"));
    }

    ImportException refused =
        catchThrowableOfType(ImportException.class, () -> ScanImport.prepare(file, "latest"));
    assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE);
    assertThat(refused)
        .hasMessageStartingWith("the table orders-2 (us-east-1, http://127.0.0.1:")
        .hasMessageEndingWith(" was found when the import began, and does not exist any more");
  }

  @Test
  void aPatternDoesNotMatchTheTargetItself() throws Exception {
    imports.fill("orders-2", 10);
    Path file = imports.file("orders-2", "tables: ['orders-*']");

    PreparedImport prepared = ScanImport.prepare(file, null);
    assertThat(prepared.warnings())
        .containsExactly(
            "the table that is written, orders-2, matches orders-* of the source, too, and is not"
                + " read.");
    ScanImport.assertFinished(ScanImport.run(file), ITEMS);
    assertThat(imports.content("orders-2")).hasSize(ITEMS + 10);
  }

  @Test
  void aTargetThatAloneMatchesIsRefused() throws Exception {
    Path file = imports.file("orders-1", "tables: ['orders-*']");

    ImportException refused =
        catchThrowableOfType(ImportException.class, () -> ScanImport.prepare(file, null));
    assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(refused)
        .hasMessageStartingWith(
            "no table matches orders-* but the one that is written (us-east-1, ");
  }
}
