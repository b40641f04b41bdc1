package io.dynaload.source.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.aws.AwsConfig;
import io.dynaload.config.ConfigFile;
import io.dynaload.error.ImportException;
import io.dynaload.source.storage.StorageConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportConfigTest {
  private static ExportConfig config(String text) {
    return ExportConfig.of(ConfigFile.parse("f.yaml", text, List.of()).check(ExportConfig.KEYS));
  }

  @Test
  void defaults() {
    assertThat(config("path: s3://b/AWSDynamoDB/01/\n"))
        .isEqualTo(
            new ExportConfig(
                List.of("s3://b/AWSDynamoDB/01/"),
                true,
                new StorageConfig(new AwsConfig(null, null, null), false)));
  }

  @Test
  void everyKeyIsRead() {
    String role = "arn:aws:iam::123456789012:role/reader";
    assertThat(
            config(
                """
                paths: [s3://b/1, file:///x/2]
                verify-checksums: false
                region: eu-west-1
                endpoint: http://127.0.0.1:9000
                role-arn: %s
                requester-pays: true
                """
                    .formatted(role)))
        .isEqualTo(
            new ExportConfig(
                List.of("s3://b/1", "file:///x/2"),
                false,
                new StorageConfig(
                    new AwsConfig("eu-west-1", "http://127.0.0.1:9000", role), true)));
  }

  @Test
  void aLocalPathBeginsAtTheFilesFolder() {
    assertThat(config("path: data/e\n").paths())
        .containsExactly(Path.of("data/e").toAbsolutePath().toString());
  }

  @Test
  void oneOfPathAndPathsMustBeThere() {
    assertThatThrownBy(() -> config("path: a\npaths: [b]\n"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("f.yaml:2 paths: stands beside path");
    assertThatThrownBy(() -> config("region: eu-west-1\n"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("path: is missing");
    assertThatThrownBy(() -> config("paths: []\n"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("paths: names no export");
  }
}
