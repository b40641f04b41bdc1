package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoneImportTest {
  private static final DoneImport DONE =
      new DoneImport(
          new JobIdentity(new TreeMap<>(Map.of("sink.table", "orders", "source.path", "a \"b\""))),
          new RunReport(
              "shop/orders",
              RunState.FINISHED,
              Ledger.ofWholeRun(
                  Map.of(Count.READ, 50L, Count.WRITTEN, 48L, Count.REJECTED, 2L, Count.BYTES, 9L)),
              Instant.parse("2023-01-01T00:00:00Z"),
              Duration.ofMillis(1_500)));

  private static String golden() throws IOException {
    try (InputStream in = DoneImportTest.class.getResourceAsStream("/golden/done-import-v1.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void readsAndWritesVersion1() throws IOException {
    DoneImport read = DoneImport.ofJson(golden());
    assertThat(read.identity()).isEqualTo(DONE.identity());
    assertThat(read.report().toJson()).isEqualTo(DONE.report().toJson());
    assertThat(DONE.toJson()).isEqualTo(golden());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"version\":2,\"import\":{},\"report\":{}}",
        "{\"version\":1,\"import\":{\"a\":\"b\"},\"report\":{}}",
        "{\"version\":1,\"report\":{\"startedAt\":\"2023-01-01T00:00:00Z\"}}",
        "{\"version\":1,\"import\":{\"a\":\"b\"},\"rep"
      })
  void refusesALaterVersionAndHalfAFile(String text) {
    assertThatThrownBy(() -> DoneImport.ofJson(text)).isInstanceOf(IOException.class);
  }
}
