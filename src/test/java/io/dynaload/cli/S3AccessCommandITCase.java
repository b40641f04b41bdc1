package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.S3Stub;
import io.dynaload.local.S3Stub.Call;
import io.dynaload.local.S3Stub.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What S3 is asked with, and what a user is told when it refuses. */
@Timeout(120)
class S3AccessCommandITCase {
  private static final String ROLE = "arn:aws:iam::123456789012:role/reader";
  private static final String NO_TARGET = "http://127.0.0.1:1";

  @TempDir private Path folder;

  private record Outcome(ExitStatus status, String out, String err) {
    /** Asserts that it is the source's failure, told in two lines. */
    void isRefused(String problem, String remedy) {
      assertThat(err.lines()).containsExactly("error: " + problem, "  " + remedy);
      assertThat(status).isEqualTo(ExitStatus.SOURCE_FAILED);
    }
  }

  private Outcome run(S3Stub s3, String path, String more, String target) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("import.yaml"),
            """
            source: {type: file, path: %s, format: json, endpoint: '%s'%s}
            sink: {table: articles, endpoint: '%s', create-table: {partition-key: 'id:S'}}
            pipeline:
              name: articles
              checkpoint: {directory: %s}
              dead-letters: {directory: %s}
            """
                .formatted(
                    path,
                    s3.url(),
                    more,
                    target,
                    folder.resolve("checkpoints"),
                    folder.resolve("letters")));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitStatus status =
        DynaloadCommand.execute(
            new String[] {"import", file.toString()},
            new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                0));
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Outcome refused(S3Stub.Policy policy, String more) throws IOException {
    try (S3Stub s3 = S3Stub.start(policy)) {
      s3.put("in/a.json", "{\"id\":\"1\"}\n");
      System.setProperty("aws.endpointUrlSts", s3.url());
      return run(s3, "s3://bucket/in/a.json", more, NO_TARGET);
    }
  }

  @AfterEach
  void forgetTheRoles() {
    System.clearProperty("aws.endpointUrlSts");
  }

  private static final String NEEDED =
      "The credentials, or role-arn, need s3:GetObject, s3:ListBucket, and kms:Decrypt for objects"
          + " that a KMS key encrypts; a bucket may also demand requester-pays.";

  @Test
  void everyRequestIsSignedByTheRoleAndSaysWhoPays() throws IOException {
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(0);
        S3Stub s3 =
            S3Stub.start(
                call ->
                    call.isOfSts()
                            || S3Stub.ROLE_TOKEN.equals(call.header("x-amz-security-token"))
                                && "requester".equals(call.header("x-amz-request-payer"))
                        ? null
                        : new Refusal(403, "AccessDenied"))) {
      s3.put("in/a.json", "{\"id\":\"1\"}\n{\"id\":\"2\"}\n");
      s3.put("in/b.json", "{\"id\":\"3\"}\n");
      System.setProperty("aws.endpointUrlSts", s3.url());

      Outcome outcome =
          run(
              s3,
              "s3://bucket/in/",
              ", requester-pays: true, role-arn: '" + ROLE + "'",
              dynamoDb.endpoint().toString());

      assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
      assertThat(outcome.out()).contains("read 3 = written 3");
      List<Call> asked = s3.calls().stream().filter(call -> !call.isOfSts()).toList();
      assertThat(asked.stream().map(Call::key)).contains("", "in/a.json", "in/b.json");
      assertThat(asked)
          .allSatisfy(
              call ->
                  assertThat(call.header("Authorization"))
                      .contains("Credential=" + S3Stub.ROLE_KEY + "/")
                      .contains("x-amz-request-payer;x-amz-security-token"));
      assertThat(s3.calls().stream().filter(Call::isOfSts))
          .isNotEmpty()
          .allSatisfy(
              call ->
                  assertThat(call.body())
                      .contains("Action=AssumeRole")
                      .contains("RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Freader"));
    }
  }

  @Test
  void nothingIsPaidForUnasked() throws IOException {
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(0);
        S3Stub s3 = S3Stub.start(call -> null)) {
      s3.put("in/a.json", "{\"id\":\"1\"}\n");
      Outcome outcome = run(s3, "s3://bucket/in/a.json", "", dynamoDb.endpoint().toString());
      assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.OK);
      assertThat(s3.calls())
          .isNotEmpty()
          .allSatisfy(call -> assertThat(call.header("x-amz-request-payer")).isNull());
    }
  }

  @Test
  void aRefusedBucketIsToldWithWhatIsNeeded() throws IOException {
    refused(call -> new Refusal(403, "AccessDenied"), "")
        .isRefused("S3 refuses the access to s3://bucket/in/a.json (AccessDenied)", NEEDED);
  }

  @Test
  void anObjectThatMayBeListedOnlyIsNotTakenForMissing() throws IOException {
    refused(call -> call.key().isEmpty() ? null : new Refusal(403, "AccessDenied"), "")
        .isRefused("S3 refuses the access to s3://bucket/in/a.json (status 403)", NEEDED);
  }

  @Test
  void aBucketThatIsNotThereIsTold() throws IOException {
    refused(call -> new Refusal(404, "NoSuchBucket"), "")
        .isRefused("s3://bucket/in/a.json: S3 has no such bucket", "Check the bucket's name.");
  }

  @Test
  void aBucketOfAnotherRegionIsToldWithItsRegion() throws IOException {
    Map<String, String> header = Map.of("x-amz-bucket-region", "eu-west-1");
    refused(call -> new Refusal(301, "PermanentRedirect", header), "")
        .isRefused(
            "s3://bucket/in/a.json is in the region eu-west-1, and was asked for in another",
            "Set region: eu-west-1, and leave endpoint out or set it to that region's.");
    // To a request of HEAD, which gets no body, this is all that S3 says of a wrong signature.
    refused(
            call ->
                String.valueOf(call.header("Authorization")).contains("/eu-west-1/s3/")
                    ? null
                    : new Refusal(400, "AuthorizationHeaderMalformed", header),
            "")
        .isRefused(
            "s3://bucket/in/a.json is in the region eu-west-1, and was asked for in another",
            "Set region: eu-west-1, and leave endpoint out or set it to that region's.");
  }

  @Test
  void aRoleThatMayNotBeAssumedIsToldAtOnce() throws IOException {
    refused(
            call -> call.isOfSts() ? new Refusal(403, "AccessDenied") : null,
            ", role-arn: '" + ROLE + "'")
        .isRefused(
            "s3://bucket/in/a.json cannot be asked for, as role-arn cannot be assumed"
                + " (AccessDenied): no, says the server",
            "The role's trust policy must name who runs this, who needs sts:AssumeRole.");
  }
}
