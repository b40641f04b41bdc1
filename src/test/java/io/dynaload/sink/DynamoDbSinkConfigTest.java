package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.aws.AwsConfig;
import io.dynaload.capacity.AskedCapacity;
import io.dynaload.config.ConfigFile;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamoDbSinkConfigTest {
  private static DynamoDbSinkConfig read(String yaml) {
    return DynamoDbSinkConfig.from(
        ConfigFile.parse("import.yaml", yaml, List.of()).check(DynamoDbSinkConfig.KEYS));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            read(
                """
                table: my-table
                region: us-west-2
                endpoint: http://127.0.0.1:8000
                role-arn: arn:aws:iam::123456789012:role/loader
                write-capacity: 7000
                capacity-refresh: 10s
                max-in-flight: 3
                write-mode: newer-wins
                version-attribute: updated_at
                give-up-after: 2m
                create-table:
                  partition-key: id:S
                  sort-key: ts:N
                  billing: provisioned
                  read-units: 5
                  write-units: 8000
                  ttl-attribute: expires
                """))
        .isEqualTo(
            new DynamoDbSinkConfig(
                "my-table",
                new AwsConfig(
                    "us-west-2", "http://127.0.0.1:8000", "arn:aws:iam::123456789012:role/loader"),
                new CapacityConfig(new AskedCapacity.Units(7000), Duration.ofSeconds(10)),
                new WriteConfig(3, Duration.ofMinutes(2), WriteModeConfig.newerWins("updated_at")),
                new TableDefinition(
                    new KeySchema(
                        new KeyAttribute("id", KeyType.S), new KeyAttribute("ts", KeyType.N)),
                    new TableDefinition.Throughput(5, 8000),
                    "expires")));
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    assertThat(read("{table: my-table}"))
        .isEqualTo(
            new DynamoDbSinkConfig(
                "my-table",
                new AwsConfig(null, null, null),
                CapacityConfig.of(new AskedCapacity.ByTable()),
                new WriteConfig(8, Duration.ofMinutes(15), WriteModeConfig.OVERWRITE),
                null));
    assertThat(
            read("{table: my-table, write-capacity: 1, create-table: {partition-key: 'a:b:B'}}")
                .createTable())
        .isEqualTo(
            new TableDefinition(
                new KeySchema(new KeyAttribute("a:b", KeyType.B), null), null, null));
  }

  @Test
  void callsOfOneItemAreManyAtATime() {
    assertThat(read("{table: my-table, write-mode: insert-only}").writing())
        .isEqualTo(new WriteConfig(64, Duration.ofMinutes(15), WriteModeConfig.INSERT_ONLY));
  }

  @Test
  void theCapacityHasSeveralForms() {
    assertThat(asked("80%")).isEqualTo(new AskedCapacity.Percent(BigDecimal.valueOf(80)));
    assertThat(asked("adaptive")).isEqualTo(new AskedCapacity.Adaptive());
    assertThat(asked("'${file:s3://bucket/units}'"))
        .isEqualTo(new AskedCapacity.InFile("s3://bucket/units"));
    assertThat(asked("'${file:units.txt}'"))
        .isEqualTo(new AskedCapacity.InFile(Path.of("units.txt").toAbsolutePath().toString()));
  }

  private static AskedCapacity asked(String text) {
    return read("{table: my-table, write-capacity: " + text + "}").capacity().asked();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "write-capacity: 5 | table",
        "{table: abc, write-capacity: 1001%} | 1000%",
        "{table: abc, write-capacity: fast} | adaptive",
        "{table: abc, write-capacity: '${env:UNITS}'} | write-capacity",
        "{table: abc, capacity-refresh: 10ms} | 1s",
        "{table: my table, write-capacity: 5} | table",
        "{table: ab, write-capacity: 5} | 3 to 255",
        "{table: abc, write-capacity: 0} | write-capacity",
        "{table: abc, write-capacity: 5, max-in-flight: 0} | max-in-flight",
        "{table: abc, write-capacity: 5, capacity: 1} | capacity",
        "{table: abc, write-mode: upsert} | insert-only",
        "{table: abc, write-mode: newer-wins} | version-attribute: is missing",
        "{table: abc, write-mode: newer-wins, version-attribute: ''} | version-attribute",
        "{table: abc, version-attribute: v} | needs write-mode: newer-wins",
        "{table: abc, write-mode: insert-only, version-attribute: v} | needs write-mode: newer-wins",
        "{table: abc, write-capacity: 5, create-table: {}} | partition-key",
        "{table: abc, write-capacity: 5, create-table: {partition-key: id}} | id:S",
        "{table: abc, write-capacity: 5, create-table: {partition-key: 'id:X'}} | id:S",
        "{table: abc, write-capacity: 5, create-table: {partition-key: 'a:S', sort-key: 'a:N'}}"
            + " | sort-key",
        "{table: abc, write-capacity: 5, create-table: {partition-key: 'a:S', read-units: 1}}"
            + " | billing: provisioned",
        "{table: abc, write-capacity: 5, create-table:"
            + " {partition-key: 'a:S', billing: provisioned, write-units: 5}} | read-units",
      })
  void mistakesAreNamed(String yaml, String named) {
    ImportException e = catchThrowableOfType(ImportException.class, () -> read(yaml));

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem() + e.remedy()).contains(named, "import.yaml");
  }
}
