package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.aws.AwsConfig;
import io.dynaload.capacity.AskedCapacity;
import io.dynaload.config.ConfigFile;
import io.dynaload.error.ImportException;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceTraits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanConfigTest {
  private static ScanConfig read(String yaml) {
    return ScanConfig.of(ConfigFile.parse("x.yaml", yaml + "\n", List.of()).check(ScanConfig.KEYS));
  }

  @Test
  void aTableIsEnough() {
    assertThat(read("table: orders"))
        .isEqualTo(
            new ScanConfig(
                List.of("orders"),
                SegmentsConfig.AUTO,
                ScanQuery.ALL,
                new ReadCapacityConfig(new AskedCapacity.ByTable(), Duration.ofSeconds(30)),
                new AwsConfig(null, null, null)));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            read(
                """
                tables: [orders, 'orders-20*']
                only-segments: [7, 0-2, 2]
                total-segments: 8
                consistent-read: true
                index: by-time
                projection: 'id, #d'
                filter: '#d > :d AND ok = :ok'
                expression-names: {'#d': date}
                expression-values: {':d': {S: '2015'}, ':ok': {BOOL: true}, ':l': {L: [{N: 1}]}}
                read-capacity: 12.5%
                capacity-refresh: 5s
                region: us-east-1
                endpoint: http://127.0.0.1:8000
                role-arn: arn:aws:iam::123456789012:role/reader
                external-id: x:1
                profile: other
                """))
        .isEqualTo(
            new ScanConfig(
                List.of("orders", "orders-20*"),
                new SegmentsConfig(8, List.of(0, 1, 2, 7)),
                new ScanQuery(
                    true,
                    "by-time",
                    "id, #d",
                    "#d > :d AND ok = :ok",
                    new Placeholders(
                        Map.of("#d", "date"),
                        "{\":d\":{\"S\":\"2015\"},\":ok\":{\"BOOL\":true},\":l\":{\"L\":[{\"N\":\"1\"}]}}")),
                new ReadCapacityConfig(
                    new AskedCapacity.Percent(new BigDecimal("12.5")), Duration.ofSeconds(5)),
                new AwsConfig(
                    "us-east-1",
                    "http://127.0.0.1:8000",
                    "arn:aws:iam::123456789012:role/reader",
                    "x:1",
                    "other")));
    assertThat(read("table: orders\nsegments: 99").segments())
        .isEqualTo(new SegmentsConfig(99, List.of()));
    assertThat(read("table: orders\nread-capacity: adaptive").capacity().asked())
        .isEqualTo(new AskedCapacity.Adaptive());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table: orders | true",
        "tables: [orders, orders] | true",
        "tables: [orders, returns] | false",
        "table: 'orders*' | false",
        "{table: orders, index: by-time} | false"
      })
  void theFileAloneTellsWhetherAKeyCanComeTwice(String yaml, boolean unique) {
    ImportSource source = new ScanSource(read(yaml), ImportSource.Found.NOTHING);
    assertThat(source.traits()).isEqualTo(new SourceTraits(true, unique, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "segments: 4 | table: is missing",
        "{table: orders, tables: [orders]} | tables: stands beside table",
        "tables: [] | tables: names no table",
        "tables: [or ders] | tables: \"or ders\" is not a table's name",
        "table: ab | is not a table's name",
        "{table: orders, only-segments: [1]} | only-segments: needs total-segments",
        "{table: orders, total-segments: 4} | total-segments: needs only-segments",
        "{table: orders, total-segments: 4, only-segments: [1], segments: 4} | segments: stands"
            + " beside",
        "{table: orders, total-segments: 4, only-segments: [4]} | \"4\" is neither a segment nor a"
            + " range",
        "{table: orders, total-segments: 4, only-segments: [2-1]} | \"2-1\" is neither a segment"
            + " nor",
        "{table: orders, total-segments: 4, only-segments: []} | names no segment",
        "{table: orders, segments: 0} | segments",
        "{table: orders, read-capacity: fast} | read-capacity",
        "{table: orders, external-id: abc} | external-id: belongs to a role",
        "{table: orders, expression-values: {':v': 1}} | expression-values: is not DynamoDB JSON",
        "{table: orders, expression-values: {':v': {N: x}}} | expression-values: is not DynamoDB"
            + " JSON",
        "{table: orders, expression-values: 1} | expression-values: is not a section"
      })
  void whatContradictsItselfIsRefused(String yaml, String said) {
    ImportException refused = catchThrowableOfType(ImportException.class, () -> read(yaml));
    assertThat(refused).hasMessageContaining(said);
    assertThat(refused.remedy()).isNotBlank();
  }
}
