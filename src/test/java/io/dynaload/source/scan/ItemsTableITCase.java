package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedReplay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Of several tables that are scanned, an expression sees the one that its item comes from. */
@Timeout(120)
class ItemsTableITCase {
  private static final String STEPS =
      """
      transform:
        - set:
            from: source.table
            number: 1 / LAST
      """;

  @TempDir private Path folder;

  @Test
  void anItemsOwnTableIsSeenInTheImportAndInAReplay() throws Exception {
    try (ScanImport imports = new ScanImport(folder);
        LocalCluster cluster = LocalCluster.start(1, 2)) {
      imports.fill("orders-1", 30);
      imports.fill("orders-2.x", 20);
      Path file = imports.file("copy", "tables: ['orders-*']");
      String plain = Files.readString(file);
      // Of one of the tables each item is refused, and comes again.
      steps(file, "number(source.table.substring(7, 8)) - 1.0");
      ImportRun.Result result =
          cluster
              .submit(ScanImport.prepare(file, null, "pipeline.error-budget=50").firstStep())
              .result();
      assertThat(result.report().ledger().get(Count.REJECTED)).isEqualTo(30);
      Files.writeString(file, plain);
      steps(file, "1");
      try (PreparedReplay replay =
          PreparedReplay.prepare(ImportFile.read(file, List.of())).orElseThrow()) {
        assertThat(cluster.submit(replay.toJob()).result().report().ledger().get(Count.WRITTEN))
            .isEqualTo(30);
      }
      assertThat(tables(imports)).isEqualTo(Map.of("orders-1", 30, "orders-2.x", 20));
    }
  }

  private static void steps(Path file, String last) throws Exception {
    Files.writeString(file, STEPS.replace("LAST", "(" + last + ")"), StandardOpenOption.APPEND);
  }

  /** How many items say of which table they are. */
  private static Map<String, Integer> tables(ScanImport imports) {
    Map<String, Integer> tables = new TreeMap<>();
    try (DynamoDbClient client = imports.client()) {
      LocalTables.scan(client, "copy")
          .forEach(
              item -> {
                String from = Objects.requireNonNull(item.get("from")).s();
                assertThat(Objects.requireNonNull(item.get("id")).s()).startsWith(from + "-");
                tables.merge(from, 1, Integer::sum);
              });
    }
    return tables;
  }
}
