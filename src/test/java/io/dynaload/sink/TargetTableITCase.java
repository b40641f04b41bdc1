package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.aws.AwsClients;
import io.dynaload.capacity.AskedCapacity;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.faulty.RawHttpServer;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.sink.TableDefinition.Throughput;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class TargetTableITCase {
  private static final KeySchema ID = new KeySchema(new KeyAttribute("id", KeyType.S), null);
  private static final KeySchema ID_AND_TS =
      new KeySchema(new KeyAttribute("id", KeyType.S), new KeyAttribute("ts", KeyType.N));

  private static EmbeddedDynamoDb dynamoDb;

  @BeforeAll
  static void start() {
    dynamoDb = EmbeddedDynamoDb.start();
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
  }

  private static DynamoDbSinkConfig config(String table, @Nullable TableDefinition definition) {
    return config(dynamoDb.endpoint().toString(), table, definition);
  }

  private static DynamoDbSinkConfig config(
      String endpoint, String table, @Nullable TableDefinition definition) {
    return TestConfig.of(table, endpoint, definition);
  }

  private static ImportException refusal(DynamoDbSinkConfig config) {
    return catchThrowableOfType(ImportException.class, () -> TargetTable.open(config));
  }

  @Test
  void aMissingTableIsCreatedWithItsTtlAndThenFound() {
    TableDefinition definition = new TableDefinition(ID_AND_TS, null, "expires");

    assertThat(TargetTable.open(config("created", definition)).keys()).isEqualTo(ID_AND_TS);

    assertThat(TargetTable.open(config("created", null)).keys()).isEqualTo(ID_AND_TS);
    assertThat(TargetTable.open(config("created", definition)).keys()).isEqualTo(ID_AND_TS);
    try (DynamoDbClient client = AwsClients.dynamoDb(config("created", null).aws())) {
      assertThat(
              client
                  .describeTimeToLive(request -> request.tableName("created"))
                  .timeToLiveDescription()
                  .attributeName())
          .isEqualTo("expires");
      assertThat(
              client
                  .describeTable(request -> request.tableName("created"))
                  .table()
                  .billingModeSummary()
                  .billingModeAsString())
          .isEqualTo("PAY_PER_REQUEST");
    }
  }

  @Test
  void aTableIsCreatedWithProvisionedCapacity() {
    TargetTable.open(config("provisioned", new TableDefinition(ID, new Throughput(3, 4), null)));

    try (DynamoDbClient client = AwsClients.dynamoDb(config("provisioned", null).aws())) {
      assertThat(
              client
                  .describeTable(request -> request.tableName("provisioned"))
                  .table()
                  .provisionedThroughput()
                  .writeCapacityUnits())
          .isEqualTo(4);
    }
  }

  @Test
  void aMissingTableIsNamedWithItsPlaceAndTheRemedy() {
    ImportException e = refusal(config("missing", null));

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem()).contains("missing", "us-west-2", dynamoDb.endpoint().toString());
    assertThat(e.remedy()).contains("sink.create-table");
  }

  @Test
  void anotherKeyThanIsToBeCreatedIsRefusedAndBothAreNamed() {
    TargetTable.open(config("other", new TableDefinition(ID_AND_TS, null, null)));

    ImportException e = refusal(config("other", new TableDefinition(ID, null, null)));

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem()).contains("id:S, ts:N", "sink.create-table says id:S");
  }

  @ParameterizedTest
  @CsvSource({"'', does not expire items", "other, expires items by other"})
  void aTableThatDoesNotExpireItsItemsAsTheFileSaysIsRefused(String ttl, String problem) {
    String table = "expires" + ttl;
    TargetTable.open(config(table, new TableDefinition(ID, null, ttl.isEmpty() ? null : ttl)));

    ImportException e = refusal(config(table, new TableDefinition(ID, null, "expires")));

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem())
        .endsWith(problem + ", but sink.create-table says ttl-attribute: expires");
  }

  @Test
  void aVersionThatIsPartOfTheKeyIsRefused() {
    DynamoDbSinkConfig plain = config("versioned", new TableDefinition(ID_AND_TS, null, null));
    DynamoDbSinkConfig newerWins =
        new DynamoDbSinkConfig(
            plain.table(),
            plain.aws(),
            plain.capacity(),
            new WriteConfig(8, Duration.ofMinutes(15), WriteModeConfig.newerWins("ts")),
            plain.createTable());

    ImportException e = refusal(newerWins);

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem()).contains("versioned", "sink.version-attribute, ts, in its key");
  }

  @Test
  @Timeout(60)
  void anUnreachableEndpointIsToldSoon() throws IOException {
    String endpoint;
    try (ServerSocket free = new ServerSocket(0)) {
      endpoint = "http://127.0.0.1:" + free.getLocalPort();
    }

    ImportException e = refusal(config(endpoint, "readings", null));

    assertThat(e.code()).isEqualTo(ErrorCode.TARGET);
    assertThat(e.problem()).contains(endpoint, "refused");
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDeniedException, dynamodb:DescribeTable",
    "UnrecognizedClientException, credentials",
    "ExpiredTokenException, credentials"
  })
  void aRefusalIsToldWithItsRemedy(String code, String remedy) throws Exception {
    try (RawHttpServer server =
        RawHttpServer.start(
            request ->
                RawHttpServer.Reply.of(
                    400, "{\"__type\":\"x#" + code + "\",\"message\":\"because\"}"))) {

      ImportException e = refusal(config(server.endpoint().toString(), "readings", null));

      assertThat(e.code()).isEqualTo(ErrorCode.TARGET);
      assertThat(e.problem()).contains("readings", code, "because");
      assertThat(e.remedy()).contains(remedy);
    }
  }

  @ParameterizedTest
  @CsvSource({"500, <html>", "404, ''", "403, no", "302, ''", "200, {}", "200, <html>"})
  void anEndpointThatIsNotDynamoDbIsToldAsSuch(int status, String body) throws Exception {
    try (RawHttpServer server =
        RawHttpServer.start(request -> RawHttpServer.Reply.of(status, body))) {

      ImportException e = refusal(config(server.endpoint().toString(), "readings", null));

      assertThat(e.code()).isEqualTo(ErrorCode.TARGET);
      assertThat(e.problem()).contains("readings", server.endpoint().toString());
      assertThat(e.remedy()).startsWith("Check sink.").contains("sink.endpoint");
    }
  }

  @Test
  void anErrorOfTheServiceAtTheStartSpeaksOfNothingToResume() throws Exception {
    try (RawHttpServer server =
        RawHttpServer.start(
            request -> RawHttpServer.Reply.of(500, "{\"__type\":\"x#InternalServerError\"}"))) {

      ImportException e = refusal(config(server.endpoint().toString(), "readings", null));

      assertThat(e.remedy())
          .isEqualTo("Look the error up in DynamoDB's documentation; nothing was written yet.");
    }
  }

  private static List<String> warnings(String table, String capacity, boolean scaled) {
    DynamoDbSinkConfig config =
        TestConfig.of(
            table,
            dynamoDb.endpoint().toString(),
            CapacityConfig.of(AskedCapacity.parse(capacity)),
            null);
    return TargetTable.open(config, (aws, name) -> scaled).warnings();
  }

  @Test
  void aShareOfATableThatScalesByItsOwnConsumptionIsWarnedOf() {
    TargetTable.open(config("scaled", new TableDefinition(ID, new Throughput(3, 40), null)));
    TargetTable.open(config("by-request", new TableDefinition(ID, null, null)));

    assertThat(warnings("scaled", "80%", true))
        .singleElement()
        .asString()
        .contains("sink.write-capacity", "scaled", "Application Auto Scaling");
    assertThat(warnings("scaled", "80%", false)).isEmpty();
    assertThat(warnings("scaled", "40", true)).isEmpty();
    assertThat(warnings("scaled", "adaptive", true)).isEmpty();
    assertThat(warnings("by-request", "80%", true)).isEmpty();
  }

  @Test
  void theFileOfTheWriteCapacityIsReadBeforeTheRun(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("units");
    CapacityConfig capacity = CapacityConfig.of(new AskedCapacity.InFile(file.toString()));
    DynamoDbSinkConfig config =
        TestConfig.of("any", dynamoDb.endpoint().toString(), capacity, null).creating(ID);

    assertThat(refusal(config).problem())
        .contains("sink.write-capacity: ${file:", "cannot be read");
    Files.writeString(file, "a lot");
    ImportException e = refusal(config);
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem()).contains("\"a lot\", which is not a whole number");
    Files.writeString(file, "700\n");
    assertThat(TargetTable.open(config).warnings()).isEmpty();
  }
}
