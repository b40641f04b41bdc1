package io.dynaload.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.config.ConfigFile;
import io.dynaload.error.ImportException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsConfigTest {
  @Test
  void everyKeyIsRead() {
    assertThat(
            read(
                """
                region: us-gov-west-1
                endpoint: http://127.0.0.1:8000
                role-arn: arn:aws-us-gov:iam::123456789012:role/team/loader
                """))
        .isEqualTo(
            new AwsConfig(
                "us-gov-west-1",
                "http://127.0.0.1:8000",
                "arn:aws-us-gov:iam::123456789012:role/team/loader"));
  }

  @Test
  void whatIsLeftOutIsLeftToTheSdk() {
    assertThat(read("{}")).isEqualTo(new AwsConfig(null, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://dynamodb.us-west-2.amazonaws.com",
        "http://localhost:8000/",
        "http://[::1]:8000",
        "https://vpce-0a-1b.dynamodb.us-west-2.vpce.amazonaws.com:443"
      })
  void endpointsAreUrls(String endpoint) {
    assertThat(read("endpoint: '" + endpoint + "'").endpoint()).isEqualTo(endpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:8000",
        "localhost:8000",
        "ftp://host",
        "http://",
        "http:///x",
        "http://a b",
        "http://host:99999",
        "http://host:0",
        "http://host/path",
        "http://host?x=1",
        "http://host#x",
        "http:host",
        "http://my_host:8000"
      })
  void whatIsNotAnEndpointIsRefused(String endpoint) {
    assertThat(refused("endpoint: '" + endpoint + "'"))
        .hasMessage(
            "x.yaml:1 endpoint: \""
                + endpoint
                + "\" is not a url of a scheme, a host and a port, such as http://127.0.0.1:8000");
  }

  @Test
  void aPasswordInAnEndpointIsNotRepeated() {
    assertThat(refused("endpoint: http://me:hunter2@host").problem()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource({"us-west2", "US-WEST-2", "oregon", "us-west-2a", "us_west_2"})
  void whatIsNotARegionIsRefused(String region) {
    assertThat(refused("region: " + region))
        .hasMessage("x.yaml:1 region: \"" + region + "\" is not an AWS region, such as us-west-2");
  }

  @ParameterizedTest
  @CsvSource({
    "loader",
    "arn:aws:iam::123456789012:user/me",
    "arn:aws:iam::1234:role/loader",
    "arn:aws:iam::123456789012:role/",
    "arn:aws:sts::123456789012:assumed-role/a/b"
  })
  void whatIsNotARoleIsRefused(String role) {
    assertThat(refused("role-arn: " + role))
        .hasMessage(
            "x.yaml:1 role-arn: \""
                + role
                + "\" is not the ARN of an IAM role, such as"
                + " arn:aws:iam::123456789012:role/loader");
  }

  @Test
  void itTravelsInTheJobGraph() throws Exception {
    AwsConfig config = new AwsConfig("us-west-2", "http://127.0.0.1:8000", null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(config);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(config);
    }
  }

  private static AwsConfig read(String yaml) {
    return AwsConfig.from(ConfigFile.parse("x.yaml", yaml + "\n", List.of()).check(AwsConfig.KEYS));
  }

  private static ImportException refused(String yaml) {
    return catchThrowableOfType(ImportException.class, () -> read(yaml));
  }
}
