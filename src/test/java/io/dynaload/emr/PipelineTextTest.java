package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.config.ConfigFile;
import io.dynaload.config.Tree;
import io.dynaload.sink.TableDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTextTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "url", "jdbc:lindorm:table:url=http://lindorm.example.com:30060",
          "table", "my readings",
          "username", "o'neill: #1",
          "secret", "arn:aws:secretsmanager:us-west-2:123456789012:secret:lindorm-AbCdEf",
          "from", "2023-01-01 00:00:00",
          "to", "2023-02-01 00:00:00",
          "region", "us-west-2",
          "target", "sensor-readings");

  @TempDir private Path folder;

  private DeployedFile read(Map<String, String> more) throws IOException {
    Map<String, String> values = new HashMap<>(LEAST);
    values.putAll(more);
    Path file = folder.resolve("import.yaml");
    Files.writeString(file, new PipelineText(values).yaml());
    return DeployedFile.read(file, List.of());
  }

  @Test
  void theLeastIsAValidFile() throws Exception {
    DeployedFile file = read(Map.of());

    assertThat(file.name()).isEqualTo("my-readings-2023-01-01-00-00-00-2023-02-01-00-00-00");
    assertThat(file.target().createTable()).isNull();
    assertThat(file.secrets()).containsExactly(LEAST.get("secret"));
    Tree source = file.tree().child("source").orElseThrow();
    assertThat(source.text("username")).contains("o'neill: #1");
    assertThat(source.text("table")).contains("my readings");
  }

  @Test
  void aTableThatIsToBeMadeHasAKeyAndACapacity() throws Exception {
    DeployedFile file =
        read(
            Map.of(
                "partition-key", "id:S",
                "sort-key", "at:N",
                "ttl-attribute", "expires",
                "write-capacity", "700",
                "timestamp-column", "at"));

    TableDefinition table = Objects.requireNonNull(file.target().createTable());
    assertThat(table.keys().partition()).hasToString("id:S");
    assertThat(table.keys().sort()).hasToString("at:N");
    assertThat(table.ttlAttribute()).isEqualTo("expires");
    assertThat(table.provisioned()).isEqualTo(new TableDefinition.Throughput(5, 700));
    assertThat(ConfigFile.read(folder.resolve("import.yaml"), List.of()).child("source"))
        .get()
        .extracting(source -> source.text("timestamp-column").orElseThrow())
        .isEqualTo("at");
  }

  @Test
  void aShareOfTheCapacityMakesNoProvisionedTable() throws Exception {
    DeployedFile file = read(Map.of("partition-key", "id:S", "write-capacity", "80%"));

    assertThat(Objects.requireNonNull(file.target().createTable()).provisioned()).isNull();
  }

  @Test
  void aLongNameIsCutSoThatTheRangeStays() throws Exception {
    assertThat(read(Map.of("table", "t".repeat(200))).name())
        .hasSize(128)
        .endsWith("t-2023-01-01-00-00-00-2023-02-01-00-00-00");
  }
}
