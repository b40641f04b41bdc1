package io.dynaload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsSecretsTest {
  private static final String GET_PARAMETER = "AmazonSSM.GetParameter";
  private static final String GET_SECRET = "secretsmanager.GetSecretValue";

  private final Map<String, String> before = new HashMap<>();
  private AwsJsonServer server;

  @BeforeEach
  void start() throws IOException {
    server = new AwsJsonServer();
    set("aws.endpointUrlSsm", server.url());
    set("aws.endpointUrlSecretsManager", server.url());
    set("aws.accessKeyId", "AKIDEXAMPLE");
    set("aws.secretAccessKey", "a-secret-key");
    set("aws.region", "eu-central-1");
    set("aws.disableEc2Metadata", "true");
  }

  @AfterEach
  void stop() {
    server.close();
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  @Test
  void aParameterIsReadDecrypted() {
    server.answer(GET_PARAMETER, 200, "{\"Parameter\":{\"Value\":\"hunter2\"}}");

    assertThat(Secret.of("${ssm:/prod/db}").resolve()).isEqualTo("hunter2");
    assertThat(server.calls()).hasSize(1);
    assertThat(server.calls().get(0).body())
        .contains("\"Name\":\"/prod/db\"")
        .contains("\"WithDecryption\":true");
    assertThat(server.calls().get(0).authorization())
        .contains("Credential=AKIDEXAMPLE/")
        .contains("/eu-central-1/ssm/");
  }

  @Test
  void theRegionOfAnArnIsUsed() {
    server.answer(GET_PARAMETER, 200, "{\"Parameter\":{\"Value\":\"x\"}}");
    server.answer(GET_SECRET, 200, "{\"SecretString\":\"y\"}");

    Secret.of("${ssm:arn:aws:ssm:us-west-2:123456789012:parameter/prod/db}").resolve();
    Secret.of(
            "${secretsmanager:arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:db-AbCdEf}")
        .resolve();

    assertThat(server.calls().get(0).authorization()).contains("/us-west-2/ssm/");
    assertThat(server.calls().get(1).authorization()).contains("/cn-north-1/secretsmanager/");
    assertThat(server.calls().get(1).body())
        .contains("\"arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:db-AbCdEf\"");
  }

  @Test
  void aWholeSecretOrOneOfItsJsonKeysIsRead() {
    server.answer(
        GET_SECRET,
        200,
        "{\"SecretString\":\"{\\\"password\\\":\\\"hunter2\\\",\\\"port\\\":30060}\"}");

    assertThat(Secret.of("${secretsmanager:db}").resolve())
        .isEqualTo("{\"password\":\"hunter2\",\"port\":30060}");
    assertThat(Secret.of("${secretsmanager:db#password}").resolve()).isEqualTo("hunter2");
    assertThat(Secret.of("${secretsmanager:db#port}").resolve()).isEqualTo("30060");
    assertThat(server.calls().get(1).body()).contains("\"SecretId\":\"db\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "{\\\"a\\\":\\\"hunter2\\\"} ! the secret is JSON without a text under the key \"password\"",
        "{\\\"password\\\":{\\\"hunter2\\\":1}} ! the secret is JSON without a text under the key"
            + " \"password\"",
        "{\\\"password\\\":null} ! the secret is JSON without a text under the key \"password\"",
        "[\\\"hunter2\\\"] ! the secret is JSON without a text under the key \"password\"",
        "hunter2 ! the secret is not JSON, so it has no key \"password\""
      })
  void aKeyThatTheSecretLacksIsNamedAndTheSecretIsNot(String secret, String message) {
    server.answer(GET_SECRET, 200, "{\"SecretString\":\"" + secret + "\"}");

    ImportException e = refused("${secretsmanager:db#password}");

    assertThat(e).hasMessage("${secretsmanager:db#password}: " + message).hasNoCause();
    assertThat(e.remedy()).doesNotContain("hunter2");
  }

  @Test
  void aBinarySecretIsRefused() {
    server.answer(GET_SECRET, 200, "{\"SecretBinary\":\"aHVudGVyMg==\"}");

    assertThat(refused("${secretsmanager:db}"))
        .hasMessage("${secretsmanager:db}: the secret is binary, not text");
  }

  @Test
  void aSecretThatIsNotThereIsNamed() {
    server.answer(GET_PARAMETER, 400, "{\"__type\":\"ParameterNotFound\"}");
    server.answer(
        GET_SECRET,
        400,
        "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"Secrets Manager can't find it.\"}");

    ImportException parameter = refused("${ssm:/prod/db}");
    ImportException secret = refused("${secretsmanager:db#x}");

    assertThat(parameter).hasMessage("${ssm:/prod/db}: ParameterNotFound");
    assertThat(parameter.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(parameter.remedy())
        .isEqualTo(
            "Check the name and the region (AWS_REGION, or write the reference with an ARN).");
    assertThat(secret)
        .hasMessage(
            "${secretsmanager:db#x}: ResourceNotFoundException: Secrets Manager can't find it.");
  }

  @Test
  void aRefusalNamesThePermission() {
    server.answer(
        GET_PARAMETER,
        400,
        "{\"__type\":\"AccessDeniedException\",\"Message\":\"User x may not.\"}");

    ImportException e = refused("${ssm:/prod/db}");

    assertThat(e).hasMessage("${ssm:/prod/db}: AccessDeniedException: User x may not.");
    assertThat(e.remedy())
        .isEqualTo(
            "Check that this process may do ssm:GetParameter, and decrypt with the key behind it.");
  }

  @Test
  void aServiceThatFailsIsAskedAgainAndThenMayPass() {
    server.answer(GET_PARAMETER, 500, "{\"__type\":\"InternalServerError\"}");

    UncheckedIOException e =
        catchThrowableOfType(
            UncheckedIOException.class, () -> Secret.of("${ssm:/prod/db}").resolve());

    assertThat(e).hasMessageContaining("${ssm:/prod/db}: cannot be looked up now: ");
    assertThat(server.calls()).hasSize(3);
  }

  @Test
  void aServiceThatCannotBeReachedMayPass() {
    server.close();

    UncheckedIOException e =
        catchThrowableOfType(
            UncheckedIOException.class, () -> Secret.of("${secretsmanager:db}").resolve());

    assertThat(e).hasMessageContaining("${secretsmanager:db}: cannot be looked up now: ");
  }

  @Test
  void missingCredentialsAndRegionsAreToldApart() throws Exception {
    Map<String, String> environment = Map.of("AWS_ENDPOINT_URL_SSM", server.url());

    assertThat(resolveElsewhere("${ssm:/prod/db}", environment))
        .isEqualTo("${ssm:/prod/db}: no AWS region is given");
    assertThat(
            resolveElsewhere(
                "${ssm:/prod/db}",
                Map.of("AWS_ENDPOINT_URL_SSM", server.url(), "AWS_REGION", "us-west-2")))
        .isEqualTo("${ssm:/prod/db}: this process has no AWS credentials");
    assertThat(server.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL"})
  void theEnvironmentSaysWhereTheServiceIs(String variable) throws Exception {
    server.answer(GET_PARAMETER, 200, "{\"Parameter\":{\"Value\":\"hunter2\"}}");

    String value =
        resolveElsewhere(
            "${ssm:/prod/db}",
            Map.of(
                variable,
                server.url(),
                "AWS_REGION",
                "us-west-2",
                "AWS_ACCESS_KEY_ID",
                "AKIDENV",
                "AWS_SECRET_ACCESS_KEY",
                "x"));

    assertThat(value).isEqualTo("hunter2");
    assertThat(server.calls().get(0).authorization()).contains("Credential=AKIDENV/");
  }

  /** Resolves in a process whose environment holds nothing of AWS but this. */
  private static String resolveElsewhere(String reference, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Resolving.class.getName(),
            reference);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().put("AWS_CONFIG_FILE", "/nonexistent");
    builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
    builder.environment().putAll(environment);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Prints the value, or the message of the error. */
  static final class Resolving {
    public static void main(String[] arguments) {
      try {
        System.out.print(Secret.of(arguments[0]).resolve());
      } catch (ImportException e) {
        System.out.print(e.problem());
      }
    }
  }

  private static ImportException refused(String reference) {
    Secret secret = Secret.of(reference);
    return catchThrowableOfType(ImportException.class, secret::resolve);
  }

  private void set(String property, String value) {
    before.put(property, System.getProperty(property));
    System.setProperty(property, value);
  }
}
