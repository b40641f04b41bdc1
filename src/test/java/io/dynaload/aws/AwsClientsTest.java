package io.dynaload.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Settings are system properties, which the SDK reads as it reads the environment. */
class AwsClientsTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/loader";

  private final Map<String, @Nullable String> before = new HashMap<>();
  private AwsServer server;

  @BeforeEach
  void start() throws IOException {
    server = new AwsServer();
    for (String property :
        new String[] {"aws.accessKeyId", "aws.secretAccessKey", "aws.region", "aws.endpointUrl"}) {
      set(property, null);
    }
  }

  @AfterEach
  void stop() {
    server.close();
    before.forEach(AwsClientsTest::put);
  }

  @ParameterizedTest
  @CsvSource({
    "us-west-2, https://dynamodb.us-west-2.amazonaws.com",
    "cn-north-1, https://dynamodb.cn-north-1.amazonaws.com.cn",
    "us-gov-west-1, https://dynamodb.us-gov-west-1.amazonaws.com"
  })
  void theAddressIsTheRegions(String region, URI address) {
    assertThat(AwsClients.dynamoDbEndpoint(new AwsConfig(region, null, null))).isEqualTo(address);
  }

  @Test
  void theAddressMayBeFips() {
    set("aws.useFipsEndpoint", "true");

    assertThat(AwsClients.dynamoDbEndpoint(new AwsConfig("us-west-2", null, null)))
        .isEqualTo(URI.create("https://dynamodb-fips.us-west-2.amazonaws.com"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws.endpointUrl", "aws.endpointUrlDynamoDb"})
  void theSdksSettingsMoveTheAddressAndTheFileMovesItFurther(String property) {
    set(property, "http://127.0.0.1:1");

    assertThat(AwsClients.dynamoDbEndpoint(new AwsConfig("us-west-2", null, null)))
        .isEqualTo(URI.create("http://127.0.0.1:1"));
    assertThat(AwsClients.dynamoDbEndpoint(new AwsConfig(null, "http://127.0.0.1:2", null)))
        .isEqualTo(URI.create("http://127.0.0.1:2"));
  }

  @Test
  void theRegionIsTheFilesOrTheEnvironments() {
    set("aws.region", "eu-central-1");

    assertThat(AwsClients.region(new AwsConfig("us-west-2", null, null)))
        .isEqualTo(Region.US_WEST_2);
    assertThat(AwsClients.region(new AwsConfig(null, null, null))).isEqualTo(Region.EU_CENTRAL_1);
    assertThat(AwsClients.region(new AwsConfig(null, "http://127.0.0.1:8000", null)))
        .isEqualTo(Region.EU_CENTRAL_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"})
  void aLocalEndpointNeedsNoRegion(String endpoint) {
    assertThat(AwsClients.region(new AwsConfig(null, endpoint, null))).isEqualTo(Region.US_EAST_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "https://vpce-1.dynamodb.us-west-2.vpce.amazonaws.com"})
  void otherwiseAMissingRegionIsAnErrorWithItsRemedy(String endpoint) {
    AwsConfig config = new AwsConfig(null, endpoint.isEmpty() ? null : endpoint, null);

    ImportException e =
        catchThrowableOfType(ImportException.class, () -> AwsClients.dynamoDb(config));

    assertThat(e).hasMessage("no AWS region is given");
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.remedy())
        .isEqualTo(
            "Set sink.region in the file (or region in the section concerned), or AWS_REGION in"
                + " the environment; for example us-west-2.");
  }

  @Test
  void aLocalEndpointNeedsNoCredentials() {
    AwsCredentials credentials =
        AwsClients.credentials(new AwsConfig(null, server.url(), null)).resolveCredentials();

    assertThat(credentials.accessKeyId()).isEqualTo("dynaload");
  }

  @Test
  void ownCredentialsGoFirstAtALocalEndpointToo() {
    set("aws.accessKeyId", "AKIDOWN");
    set("aws.secretAccessKey", "x");

    AwsCredentials credentials =
        AwsClients.credentials(new AwsConfig(null, server.url(), null)).resolveCredentials();

    assertThat(credentials.accessKeyId()).isEqualTo("AKIDOWN");
  }

  @Test
  void elsewhereCredentialsAreNeeded() {
    AwsCredentialsProvider provider =
        AwsClients.credentials(new AwsConfig("us-west-2", "http://dynamodb.example", null));

    assertThatThrownBy(provider::resolveCredentials)
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("Unable to load credentials");
  }

  @Test
  void theClientSignsForTheRegionAtTheEndpoint() {
    server.answerDynamoDb("{\"TableNames\":[\"a\"]}");

    try (DynamoDbClient client =
        AwsClients.dynamoDb(new AwsConfig("us-west-2", server.url(), null))) {
      assertThat(client.listTables().tableNames()).containsExactly("a");
    }
    assertThat(server.calls()).hasSize(1);
    assertThat(server.calls().get(0).authorization())
        .contains("Credential=dynaload/")
        .contains("/us-west-2/dynamodb/");
  }

  @Test
  void aRoleIsAssumedOnceAndItsCredentialsSign() {
    set("aws.endpointUrlSts", server.url());
    server.answerSts("ASIAROLE", Instant.now().plus(1, ChronoUnit.HOURS));
    server.answerDynamoDb("{\"TableNames\":[]}");

    try (DynamoDbClient client =
        AwsClients.dynamoDb(new AwsConfig("us-west-2", server.url(), ROLE))) {
      client.listTables();
      client.listTables();
    }

    assertThat(server.calls()).hasSize(3);
    assertThat(server.calls().get(0).body())
        .contains("Action=AssumeRole")
        .contains("RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Floader")
        .contains("RoleSessionName=dynaload");
    assertThat(server.calls().get(0).authorization())
        .contains("Credential=dynaload/")
        .contains("/us-west-2/sts/");
    assertThat(server.calls().get(1).authorization()).contains("Credential=ASIAROLE/");
    assertThat(server.calls().get(2).authorization()).contains("Credential=ASIAROLE/");
  }

  @Test
  void aRolesCredentialsAreRenewedWhenTheyAreAboutToExpire() {
    set("aws.endpointUrlSts", server.url());
    AwsCredentialsProvider provider =
        AwsClients.credentials(new AwsConfig("us-west-2", server.url(), ROLE));

    server.answerSts("ASIAFIRST", Instant.now().plusSeconds(30));
    AwsCredentials first = provider.resolveCredentials();
    server.answerSts("ASIASECOND", Instant.now().plus(1, ChronoUnit.HOURS));
    AwsCredentials second = provider.resolveCredentials();

    assertThat(first).isInstanceOf(AwsSessionCredentials.class);
    assertThat(first.accessKeyId()).isEqualTo("ASIAFIRST");
    assertThat(second.accessKeyId()).isEqualTo("ASIASECOND");
    ((SdkAutoCloseable) provider).close();
    ((SdkAutoCloseable) provider).close();
  }

  private void set(String property, @Nullable String value) {
    before.putIfAbsent(property, System.getProperty(property));
    put(property, value);
  }

  private static void put(String property, @Nullable String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }
}
