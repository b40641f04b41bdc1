package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.aws.AwsConfig;
import io.dynaload.capacity.AskedCapacity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScanConnectorTest {
  private static ScanConnector of(String arn) {
    return new ScanConnector(
        new ScanConfig(
            List.of("orders", "returns*"),
            SegmentsConfig.AUTO,
            ScanQuery.ALL,
            new ReadCapacityConfig(new AskedCapacity.ByTable(), Duration.ofSeconds(30)),
            new AwsConfig("eu-west-1", "https://vpce-1.example.com", null)),
        List.of(new SourceTable("orders", ScanImport.KEYS, List.of("id", "n"), true, 0, 0, arn)));
  }

  @Test
  void theFingerprintTellsAccountsAndPartitionsApart() {
    String ours = of("arn:aws:dynamodb:eu-west-1:111122223333:table/orders").fingerprint();

    assertThat(ours)
        .isEqualTo(
            "the tables orders, returns* (eu-west-1, https://vpce-1.example.com, account"
                + " 111122223333 of aws), auto segments");
    assertThat(of("arn:aws:dynamodb:eu-west-1:444455556666:table/orders").fingerprint())
        .isNotEqualTo(ours);
    assertThat(of("arn:aws-cn:dynamodb:eu-west-1:111122223333:table/orders").fingerprint())
        .isNotEqualTo(ours);
    assertThat(of("").fingerprint()).contains("example.com), ");
  }
}
