package io.dynaload.emr;

import io.dynaload.aws.AwsClients;
import io.dynaload.aws.AwsConfig;
import io.dynaload.aws.S3Clients;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * What is in the account, in one region, as the SDK's own credentials see it. That something is not
 * there is an answer; any other refusal is an ImportException.
 */
final class AwsAccount implements Look, AutoCloseable {
  /**
   * A secret that holds what was asked for.
   *
   * @param how that came about
   */
  record Stored(String arn, String how) {}

  private static final int NOT_FOUND = 404;

  private final DynamoDbClient dynamoDb;
  private final S3Client s3;
  private final SecretsManagerClient secrets;

  private AwsAccount(DynamoDbClient dynamoDb, S3Client s3, SecretsManagerClient secrets) {
    this.dynamoDb = dynamoDb;
    this.s3 = s3;
    this.secrets = secrets;
  }

  static AwsAccount in(String region) {
    AwsConfig config = new AwsConfig(region, null, null);
    return new AwsAccount(
        AwsClients.dynamoDb(config),
        S3Clients.of(config),
        SecretsManagerClient.builder()
            .region(AwsClients.region(config))
            .credentialsProvider(AwsClients.credentials(config))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build());
  }

  @Override
  public boolean hasTable(String table) {
    return find("dynamodb:DescribeTable", () -> dynamoDb.describeTable(ask -> ask.tableName(table)))
        .isPresent();
  }

  @Override
  public boolean hasBucket(String bucket) {
    return find("s3:ListBucket on " + bucket, () -> s3.headBucket(ask -> ask.bucket(bucket)))
        .isPresent();
  }

  @Override
  public Optional<String> secretArn(String id) {
    return find(
            "secretsmanager:DescribeSecret", () -> secrets.describeSecret(ask -> ask.secretId(id)))
        .map(found -> found.arn());
  }

  /** What the ARN of a secret that is not there yet looks like. */
  static String arnOf(String name, @Nullable String account, @Nullable String region) {
    return "arn:aws:secretsmanager:" + region + ":" + account + ":secret:" + name + "-000000";
  }

  /** Sees to it that a secret holds a text. */
  Stored store(String name, String text) {
    Optional<GetSecretValueResponse> found =
        find(
            "secretsmanager:GetSecretValue",
            () -> secrets.getSecretValue(ask -> ask.secretId(name)));
    if (found.isEmpty()) {
      return new Stored(
          refused(
                  "secretsmanager:CreateSecret",
                  () -> secrets.createSecret(ask -> ask.name(name).secretString(text)))
              .arn(),
          "stored as");
    }
    if (text.equals(found.get().secretString())) {
      return new Stored(found.get().arn(), "what it was, in");
    }
    refused(
        "secretsmanager:PutSecretValue",
        () -> secrets.putSecretValue(ask -> ask.secretId(name).secretString(text)));
    return new Stored(found.get().arn(), "another one than before, and stored in");
  }

  private static <T> Optional<T> find(String right, Supplier<T> ask) {
    try {
      return Optional.of(ask.get());
    } catch (AwsServiceException e) {
      String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
      if (e.statusCode() == NOT_FOUND || "ResourceNotFoundException".equals(code)) {
        return Optional.empty();
      }
      throw failed(right, e);
    } catch (SdkException e) {
      throw failed(right, e);
    }
  }

  private static <T> T refused(String right, Supplier<T> ask) {
    try {
      return ask.get();
    } catch (SdkException e) {
      throw failed(right, e);
    }
  }

  private static ImportException failed(String right, SdkException e) {
    return new ImportException(
        ErrorCode.TARGET,
        right + ": " + e.getMessage(),
        "Check the credentials of AWS, that they may do this, and the network.",
        e);
  }

  @Override
  public void close() {
    dynamoDb.close();
    s3.close();
    secrets.close();
  }
}
