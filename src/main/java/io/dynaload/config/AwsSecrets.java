package io.dynaload.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Looks one secret up in AWS Systems Manager's Parameter Store or in AWS Secrets Manager, with a
 * client of its own, the SDK's default credentials, and the region of the name if that is an ARN.
 * Messages name the reference, never the value; no cause is kept that could quote it.
 */
final class AwsSecrets {
  private static final JsonMapper JSON = new JsonMapper();

  private final String reference;

  AwsSecrets(String reference) {
    this.reference = reference;
  }

  /** The value of a parameter, decrypted; the name may be an ARN. */
  String parameter(String name) {
    return call(
        "ssm:GetParameter",
        () -> {
          try (SsmClient client = configured(SsmClient.builder(), name).build()) {
            return client.getParameter(p -> p.name(name).withDecryption(true)).parameter().value();
          }
        });
  }

  /** The text of a secret, or, for {@code id#json-key}, one value of the JSON object that it is. */
  String secret(String name) {
    int hash = name.lastIndexOf('#');
    String id = hash < 0 ? name : name.substring(0, hash);
    String value =
        call(
            "secretsmanager:GetSecretValue",
            () -> {
              try (SecretsManagerClient client =
                  configured(SecretsManagerClient.builder(), id).build()) {
                return client.getSecretValue(s -> s.secretId(id)).secretString();
              }
            });
    if (value == null) {
      throw error("the secret is binary, not text", "Store it as text.");
    }
    return hash < 0 ? value : pick(value, name.substring(hash + 1));
  }

  private String pick(String json, String key) {
    JsonNode picked;
    try {
      picked = JSON.readTree(json).path(key);
    } catch (JsonProcessingException e) {
      throw error(
          "the secret is not JSON, so it has no key \"" + key + "\"",
          "Leave #" + key + " out, or store the secret as a JSON object.");
    }
    if (!picked.isValueNode() || picked.isNull()) {
      throw error(
          "the secret is JSON without a text under the key \"" + key + "\"",
          "Name a key that the secret has.");
    }
    return picked.asText();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder, String nameOrArn) {
    return builder
        .region(region(nameOrArn))
        .credentialsProvider(credentials())
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(3))
                .socketTimeout(Duration.ofSeconds(10)))
        .overrideConfiguration(
            o -> o.retryStrategy(RetryMode.STANDARD).apiCallTimeout(Duration.ofSeconds(30)));
  }

  /** The fourth part of {@code arn:partition:service:region:account:resource}. */
  private Region region(String nameOrArn) {
    String[] parts = nameOrArn.split(":", 6);
    if (parts.length == 6 && parts[0].equals("arn") && !parts[3].isEmpty()) {
      return Region.of(parts[3]);
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException e) {
      throw error("no AWS region is given", "Set AWS_REGION, or write the reference with an ARN.");
    }
  }

  private AwsCredentialsProvider credentials() {
    DefaultCredentialsProvider credentials = DefaultCredentialsProvider.builder().build();
    try {
      credentials.resolveCredentials();
      return credentials;
    } catch (SdkClientException e) {
      throw error(
          "this process has no AWS credentials",
          "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role gives"
              + " them.");
    }
  }

  private String call(String action, Supplier<String> lookUp) {
    try {
      return lookUp.get();
    } catch (AwsServiceException e) {
      if (e.statusCode() >= 500 || e.isThrottlingException()) {
        throw unavailable(e);
      }
      throw refused(action, e);
    } catch (SdkClientException e) {
      throw unavailable(e);
    }
  }

  private ImportException refused(String action, AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null ? "status " + e.statusCode() : details.errorCode();
    String text = details == null ? null : details.errorMessage();
    return error(
        code + (text == null || text.isBlank() ? "" : ": " + text),
        code.contains("NotFound")
            ? "Check the name and the region (AWS_REGION, or write the reference with an ARN)."
            : "Check that this process may do " + action + ", and decrypt with the key behind it.");
  }

  private UncheckedIOException unavailable(Exception e) {
    return new UncheckedIOException(
        new IOException(reference + ": cannot be looked up now: " + e.getMessage(), e));
  }

  private ImportException error(String message, String remedy) {
    return new ImportException(ErrorCode.CONFIGURATION, reference + ": " + message, remedy);
  }
}
