package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.faulty.FaultyDynamoDb;
import io.dynaload.faulty.ModelDynamoDb;
import io.dynaload.faulty.Outcome;
import io.dynaload.faulty.RawHttpServer;
import io.dynaload.faulty.RawHttpServer.Reply;
import io.dynaload.faulty.RawHttpServer.Request;
import io.dynaload.faulty.TableSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source in another account: an STS and a DynamoDB that write down who asks. */
@Timeout(120)
class ScanRoleITCase {
  private static final String STS_URL = "aws.endpointUrlSts";
  private static final String CREDENTIALS_FILE = "aws.sharedCredentialsFile";
  private static final int ITEMS = 1_000;

  @TempDir private Path folder;
  private final FaultyDynamoDb dynamoDb = new FaultyDynamoDb(new ModelDynamoDb(System::nanoTime));
  private final List<String> assumed = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> scans = new CopyOnWriteArrayList<>();

  @AfterEach
  void forget() {
    System.clearProperty(STS_URL);
    System.clearProperty(CREDENTIALS_FILE);
  }

  /** The n-th session has the access key ASIAn; each is about to expire when it is given. */
  private Reply sts(Request request) {
    assumed.add(new String(request.body(), StandardCharsets.UTF_8));
    return Reply.of(
        200,
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleResult>
            <AssumedRoleUser>
              <Arn>arn:aws:sts::123456789012:assumed-role/reader/dynaload</Arn>
              <AssumedRoleId>AROAEXAMPLE:dynaload</AssumedRoleId>
            </AssumedRoleUser>
            <Credentials>
              <AccessKeyId>ASIA%d</AccessKeyId>
              <SecretAccessKey>role-key</SecretAccessKey>
              <SessionToken>role-token</SessionToken>
              <Expiration>%s</Expiration>
            </Credentials>
          </AssumeRoleResult>
        </AssumeRoleResponse>
        """
            .formatted(
                assumed.size(), Instant.now().plusSeconds(30).truncatedTo(ChronoUnit.SECONDS)));
  }

  private Reply dynamoDb(Request request) {
    String operation = request.headers().getOrDefault("x-amz-target", "").replaceAll(".*\\.", "");
    if (operation.equals("Scan")) {
      scans.add(request.headers());
    }
    Outcome outcome = dynamoDb.call(operation, request.body());
    return new Reply(outcome.status(), Map.of(), outcome.body(), Integer.MAX_VALUE);
  }

  private void fill() throws Exception {
    dynamoDb.model().create("theirs", TableSpec.unlimited(ScanImport.KEYS));
    for (int i = 0; i < ITEMS; i++) {
      String item = "{\"id\":{\"S\":\"%d\"},\"n\":{\"N\":\"%d\"}}".formatted(i % 90, i);
      Outcome put =
          dynamoDb.call(
              "PutItem",
              ("{\"TableName\":\"theirs\",\"Item\":" + item + "}")
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(put.status()).isEqualTo(200);
    }
  }

  @Test
  void theRoleIsAssumedAndItsSessionsAreRenewed() throws Exception {
    fill();
    try (RawHttpServer sts = RawHttpServer.start(this::sts);
        RawHttpServer source = RawHttpServer.start(this::dynamoDb);
        ScanImport imports = new ScanImport(folder)) {
      System.setProperty(STS_URL, sts.endpoint().toString());
      Path file =
          imports.file(
              "ours",
              source.endpoint(),
              """
              table: theirs
              region: eu-west-1
              role-arn: arn:aws:iam::123456789012:role/reader
              external-id: of:ours/7
              read-capacity: 12
              """);

      ScanImport.assertFinished(ScanImport.run(file), ITEMS);
      assertThat(imports.content("ours")).hasSize(ITEMS);
    }
    assertThat(assumed)
        .hasSizeGreaterThan(2)
        .allSatisfy(
            request ->
                assertThat(request)
                    .contains("Action=AssumeRole")
                    .contains("RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Freader")
                    .contains("ExternalId=of%3Aours%2F7"));
    assertThat(scans)
        .allSatisfy(
            headers ->
                assertThat(headers)
                    .containsEntry("x-amz-security-token", "role-token")
                    .hasEntrySatisfying(
                        "authorization",
                        value ->
                            assertThat(value)
                                .contains("Credential=ASIA")
                                .contains("/eu-west-1/dynamodb/")));
    assertThat(
            scans.stream()
                .map(headers -> headers.getOrDefault("authorization", "").split("/")[0])
                .distinct())
        .as("sessions that signed")
        .hasSizeGreaterThan(2);
  }

  @Test
  void theKeysOfAProfileSignAndNotThoseOfTheProcess() throws Exception {
    fill();
    Path credentials =
        Files.writeString(
            folder.resolve("credentials"),
            """
            [default]
            aws_access_key_id = AKIAOURS
            aws_secret_access_key = our-key
            [theirs]
            aws_access_key_id = AKIATHEIRS
            aws_secret_access_key = their-key
            """);
    System.setProperty(CREDENTIALS_FILE, credentials.toString());
    try (RawHttpServer source = RawHttpServer.start(this::dynamoDb);
        ScanImport imports = new ScanImport(folder)) {
      Path file =
          imports.file(
              "ours", source.endpoint(), "table: theirs\nregion: cn-north-1\nprofile: theirs");

      ScanImport.assertFinished(ScanImport.run(file), ITEMS);
      assertThat(imports.content("ours")).hasSize(ITEMS);
    }
    assertThat(scans)
        .isNotEmpty()
        .allSatisfy(
            headers ->
                assertThat(headers.get("authorization"))
                    .contains("Credential=AKIATHEIRS/", "/cn-north-1/dynamodb/"));
  }
}
