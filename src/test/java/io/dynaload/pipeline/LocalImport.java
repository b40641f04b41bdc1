package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.local.LocalTables;
import io.dynaload.local.Reading;
import io.dynaload.local.SensorReadings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A Lindorm-protocol server with sensor readings, DynamoDB Local, and an import file between the
 * two, for tests of whole imports.
 */
public final class LocalImport implements AutoCloseable {
  public static final String PASSWORD = "s3cr3t-of-the-test";
  static final Instant FROM = Instant.parse("2023-01-01T00:00:00Z");
  static final Instant TO = Instant.parse("2023-02-01T00:00:00Z");

  private final EmbeddedLindorm lindorm;
  private final EmbeddedDynamoDb dynamoDb;
  private final SensorReadings readings;
  private final Path folder;

  private LocalImport(
      EmbeddedLindorm lindorm, EmbeddedDynamoDb dynamoDb, SensorReadings readings, Path folder) {
    this.lindorm = lindorm;
    this.dynamoDb = dynamoDb;
    this.readings = readings;
    this.folder = folder;
  }

  /** Starts both servers; {@code rows} readings over two months, of which the import takes one. */
  public static LocalImport start(long rows, Path folder) throws IOException {
    EmbeddedLindorm lindorm = EmbeddedLindorm.start(0, "root", PASSWORD);
    SensorReadings readings = new SensorReadings(rows, 7);
    readings.loadInto(lindorm);
    LocalImport started = new LocalImport(lindorm, EmbeddedDynamoDb.start(0), readings, folder);
    Files.writeString(folder.resolve("password"), PASSWORD);
    Files.writeString(started.file(), started.yaml());
    return started;
  }

  private String yaml() {
    return """
        source:
          type: lindorm
          url: %s
          username: root
          password: ${file:password}
          table: readings
          timestamp-column: event_time
          from: 2023-01-01 00:00:00
          to: 2023-02-01 00:00:00
          page-size: 200
        sink:
          table: sensor-readings
          endpoint: %s
          write-capacity: 100000
          create-table: {partition-key: 'sensor_id:S', sort-key: 'event_time:S'}
        pipeline:
          name: readings
          parallelism: 2
          checkpoint: {interval: 300ms, min-pause: 100ms, directory: %s}
          dead-letters: {directory: %s}
        """
        .formatted(lindorm.url(), dynamoDb.endpoint(), checkpoints(), letters());
  }

  public Path file() {
    return folder.resolve("import.yaml");
  }

  /** The folder of the dead letters. */
  public Path letters() {
    return folder.resolve("letters");
  }

  /** Where DynamoDB Local answers. */
  public URI target() {
    return dynamoDb.endpoint();
  }

  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  EmbeddedLindorm lindorm() {
    return lindorm;
  }

  SensorReadings readings() {
    return readings;
  }

  /** Reads the file, with {@code key=value} overrides. */
  ImportFile read(String... overrides) {
    return ImportFile.read(file(), Arrays.asList(overrides));
  }

  /**
   * Makes rows of the range such that DynamoDB cannot hold them, spread over it; their temperature
   * is not a number.
   */
  public void spoil(int rows) {
    List<Reading> inRange = readings.between(FROM, TO).toList();
    for (int i = 0; i < rows; i++) {
      Reading row = inRange.get((int) ((long) i * inRange.size() / rows));
      lindorm.execute(
          "UPDATE readings SET temperature = 'NaN' WHERE event_time = TIMESTAMP '%s' AND sensor_id = '%s'"
              .formatted(
                  LocalDateTime.ofInstant(row.eventTime(), ZoneOffset.UTC)
                      .toString()
                      .replace('T', ' '),
                  row.sensorId()));
    }
  }

  /** Adds a row of the range whose partition key is this SQL expression. */
  public void addRow(String sensorId) {
    lindorm.execute(
        "INSERT INTO readings VALUES (TIMESTAMP '2023-01-10 00:00:00.001', %s, 1.5, NULL, 50, TRUE, NULL)"
            .formatted(sensorId));
  }

  /** The keys that the target has to hold, each with the number of its attributes. */
  Map<String, Integer> expected() {
    return readings
        .between(FROM, TO)
        .collect(
            Collectors.toMap(
                row -> row.sensorId() + " " + row.eventTime(),
                row -> 5 + (row.humidity() == null ? 0 : 1) + (row.note() == null ? 0 : 1),
                (a, b) -> a,
                TreeMap::new));
  }

  /** What the target holds, in the same form. */
  public Map<String, Integer> found() {
    Map<String, Integer> found = new TreeMap<>();
    for (Map<String, AttributeValue> item : items()) {
      Instant time = Instant.parse(text(item, "event_time"));
      found.put(text(item, "sensor_id") + " " + time, item.size());
    }
    return found;
  }

  public long expectedRows() {
    return expected().size();
  }

  /** Asserts that the target holds each row of the range, and nothing else. */
  public void assertWhole() {
    assertThat(found()).isEqualTo(expected());
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name)).s();
  }

  public boolean hasTable(String table) {
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      return client.listTables().tableNames().contains(table);
    }
  }

  private List<Map<String, AttributeValue>> items() {
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      List<Map<String, AttributeValue>> items = new ArrayList<>();
      client
          .scanPaginator(request -> request.tableName("sensor-readings"))
          .items()
          .forEach(items::add);
      return items;
    }
  }

  @Override
  public void close() {
    dynamoDb.close();
    lindorm.close();
  }
}
