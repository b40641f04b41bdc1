package io.dynaload.source.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.metrics.Count;
import io.dynaload.pipeline.ImportRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full export and three incremental ones become the table that they are of. */
@Timeout(120)
class ExportChainITCase {
  @TempDir private static Path folder;
  private static ExportImport imports;
  private static Chain chain;
  private static List<Path> exports;

  @BeforeAll
  static void writeTheExports() throws Exception {
    imports = new ExportImport(folder);
    chain = new Chain(folder.resolve("bucket"), "prefix", 700, 0);
    exports = chain.write();
  }

  @AfterAll
  static void stopTheServer() {
    imports.close();
  }

  private static Path file() throws IOException {
    return imports.file(
        exports.stream().map(Path::toString).collect(Collectors.joining(", ", "paths: [", "]")),
        Chain.KEYS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void theTableEqualsTheModelAtEveryParallelism(int parallelism) throws Exception {
    Path file = file();
    ImportRun.Result result =
        ExportImport.run(ExportImport.prepare(file, null, "pipeline.parallelism=" + parallelism));
    imports.assertWhole(file, result, chain.records(), chain.table());
    assertThat(result.report().ledger().get(Count.DELETED)).isPositive();
  }
}
