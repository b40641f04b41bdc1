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
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * What is in the account, in one region, as the SDK's own credentials see it. That something is not
 * there is an answer; any other refusal is an ImportException.
 */
final class AwsAccount implements Look, AutoCloseable {
  /**
   * A secret that holds what was asked for.
   *
   * @param said how that came about
   */
  record Stored(String arn, String said) {}

  private static final int NOT_FOUND = 404;

  private final String region;
  private final DynamoDbClient dynamoDb;
  private final S3Client s3;
  private final SecretsManagerClient secrets;

  private AwsAccount(
      String region, DynamoDbClient dynamoDb, S3Client s3, SecretsManagerClient secrets) {
    this.region = region;
    this.dynamoDb = dynamoDb;
    this.s3 = s3;
    this.secrets = secrets;
  }

  static AwsAccount in(String region) {
    AwsConfig config = new AwsConfig(region, null, null);
    return new AwsAccount(
        region,
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

  /**
   * @throws ImportException (CONFIGURATION) if it is in another region, for the cluster's way to S3
   *     is one to its own region
   */
  @Override
  public boolean hasBucket(String bucket) {
    Optional<HeadBucketResponse> found =
        find("s3:ListBucket on " + bucket, () -> s3.headBucket(ask -> ask.bucket(bucket)));
    String where = found.map(HeadBucketResponse::bucketRegion).orElse(null);
    if (where != null && !where.equals(region)) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The bucket " + bucket + " is in " + where + ", and the stack's region is " + region,
          "Name another one, --parameter S3BucketName=NAME, which is made if it is not there; or"
              + " say --region "
              + where
              + ".");
    }
    return found.isPresent();
  }

  /**
   * @throws ImportException (CONFIGURATION) if it is scheduled for deletion: nobody can read it
   */
  @Override
  public Optional<String> secretArn(String id) {
    Optional<DescribeSecretResponse> found = described(id);
    if (found.isPresent() && found.get().deletedDate() != null) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The secret " + id + " is scheduled for deletion, and cannot be read",
          "Restore it: aws secretsmanager restore-secret --region "
              + region
              + " --secret-id "
              + id
              + "; or name another one in the file.");
    }
    return found.map(DescribeSecretResponse::arn);
  }

  /** That of a secret to store in, which is restored then if it is scheduled for deletion. */
  Optional<String> arnToStore(String name) {
    return described(name).map(DescribeSecretResponse::arn);
  }

  private Optional<DescribeSecretResponse> described(String id) {
    return find(
        "secretsmanager:DescribeSecret", () -> secrets.describeSecret(ask -> ask.secretId(id)));
  }

  /** What the ARN of a secret that is not there yet looks like. */
  static String arnOf(String name, @Nullable String account, @Nullable String region) {
    return "arn:aws:secretsmanager:" + region + ":" + account + ":secret:" + name + "-000000";
  }

  /** Sees to it that a secret holds a text. */
  Stored store(String name, String text) {
    Optional<DescribeSecretResponse> found = described(name);
    if (found.isEmpty()) {
      return new Stored(
          AwsCalls.answered(
                  "secretsmanager:CreateSecret",
                  () -> secrets.createSecret(ask -> ask.name(name).secretString(text)))
              .arn(),
          "The password is stored as the secret " + name);
    }
    if (found.get().deletedDate() != null) {
      AwsCalls.answered(
          "secretsmanager:RestoreSecret", () -> secrets.restoreSecret(ask -> ask.secretId(name)));
    }
    GetSecretValueResponse holds =
        AwsCalls.answered(
            "secretsmanager:GetSecretValue",
            () -> secrets.getSecretValue(ask -> ask.secretId(name)));
    if (!text.equals(holds.secretString())) {
      AwsCalls.answered(
          "secretsmanager:PutSecretValue",
          () -> secrets.putSecretValue(ask -> ask.secretId(name).secretString(text)));
    }
    String said =
        text.equals(holds.secretString())
            ? "The password is what it was, in the secret " + name
            : "The password is another one than before, and stored in the secret " + name;
    return new Stored(
        found.get().arn(),
        found.get().deletedDate() == null
            ? said
            : said + ", which was scheduled for deletion and is restored");
  }

  private static <T> Optional<T> find(String right, Supplier<T> ask) {
    try {
      return Optional.of(ask.get());
    } catch (AwsServiceException e) {
      String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
      if (e.statusCode() == NOT_FOUND || "ResourceNotFoundException".equals(code)) {
        return Optional.empty();
      }
      throw AwsCalls.failed(right, e);
    } catch (SdkException e) {
      throw AwsCalls.failed(right, e);
    }
  }

  @Override
  public void close() {
    dynamoDb.close();
    s3.close();
    secrets.close();
  }
}
