package io.dynaload.cli;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.local.Reading;
import io.dynaload.local.SensorReadings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The demo's two servers, its generated table. */
final class DemoServers implements AutoCloseable {
  private static final Instant FROM = Instant.parse("2023-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2023-02-01T00:00:00Z");
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final EmbeddedLindorm lindorm;
  private final EmbeddedDynamoDb dynamoDb;
  private final SensorReadings readings;

  private DemoServers(EmbeddedLindorm lindorm, EmbeddedDynamoDb dynamoDb, SensorReadings readings) {
    this.lindorm = lindorm;
    this.dynamoDb = dynamoDb;
    this.readings = readings;
  }

  /** Starts both and fills the source table; port 0 takes a free one. */
  static DemoServers start(int lindormPort, int dynamoDbPort, long rows) throws IOException {
    String password =
        Files.readString(Home.folder().resolve("examples/demo-password")).stripTrailing();
    EmbeddedLindorm lindorm =
        onPort(
            "--lindorm-port",
            lindormPort,
            () -> EmbeddedLindorm.start(lindormPort, "root", password));
    try {
      SensorReadings readings = new SensorReadings(rows, 1);
      readings.loadInto(lindorm);
      EmbeddedDynamoDb dynamoDb =
          onPort("--dynamodb-port", dynamoDbPort, () -> EmbeddedDynamoDb.start(dynamoDbPort));
      return new DemoServers(lindorm, dynamoDb, readings);
    } catch (RuntimeException e) {
      lindorm.close();
      throw e;
    }
  }

  private static <T> T onPort(String option, int port, java.util.function.Supplier<T> start) {
    try {
      return start.get();
    } catch (RuntimeException e) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "A server could not be started on port " + port + ": " + e.getMessage(),
          "Stop what listens there, or choose another port with "
              + option
              + " (0 takes a free one).",
          e);
    }
  }

  String lindormUrl() {
    return lindorm.url();
  }

  URI dynamoDbEndpoint() {
    return dynamoDb.endpoint();
  }

  void describe(PrintStream out) {
    out.printf("Lindorm (embedded)  %s  user root%n", lindormUrl());
    out.printf(
        "                    table %s: %,d rows from 2023-01-01 to 2023-03-01%n",
        SensorReadings.TABLE, readings.rows());
    out.printf("DynamoDB Local      %s%n", dynamoDbEndpoint());
  }

  /**
   * What the target has to hold: worked out from the generator, with none of the importer's code.
   */
  Stream<Map<String, AttributeValue>> expectedItems() {
    return readings.between(FROM, TO).map(DemoServers::item);
  }

  private static Map<String, AttributeValue> item(Reading row) {
    Map<String, AttributeValue> item = new TreeMap<>();
    item.put("event_time", AttributeValue.fromS(ISO.format(row.eventTime())));
    item.put("sensor_id", AttributeValue.fromS(row.sensorId()));
    item.put("temperature", AttributeValue.fromN(Double.toString(row.temperature())));
    if (row.humidity() != null) {
      item.put("humidity", AttributeValue.fromN(row.humidity().toPlainString()));
    }
    item.put("battery", AttributeValue.fromN(Integer.toString(row.battery())));
    item.put("ok", AttributeValue.fromBool(row.ok()));
    if (row.note() != null) {
      item.put("note", AttributeValue.fromS(row.note()));
    }
    return item;
  }

  @Override
  public void close() {
    dynamoDb.close();
    lindorm.close();
  }
}
