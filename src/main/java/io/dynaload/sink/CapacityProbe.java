package io.dynaload.sink;

import io.dynaload.aws.AwsClients;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.sink.capacity.TableCapacity;
import io.dynaload.sink.capacity.WriteCapacity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.fs.Path;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Looks up what write capacity is asked for, and what the table has. Blocks. */
final class CapacityProbe {
  /** More than any of its forms; so that no file of data is read. */
  private static final int FILE_BYTES = 256;

  private final DynamoDbSinkConfig config;
  private final TargetErrors errors;

  CapacityProbe(DynamoDbSinkConfig config) {
    this.config = config;
    this.errors = new TargetErrors(config);
  }

  /** Whether all is known and stays as it is. */
  boolean hasNothingToLookAt() {
    return config.capacity().asked() instanceof WriteCapacity.Units;
  }

  /**
   * Looks now.
   *
   * @throws ImportException CONFIGURATION if the file cannot be read or says nothing of use; TARGET
   *     if the table cannot be described
   */
  CapacityWatch.Seen look() {
    WriteCapacity asked = asked();
    return new CapacityWatch.Seen(
        asked, asked instanceof WriteCapacity.Units ? TableCapacity.UNKNOWN : table());
  }

  /** What is asked for at this moment. */
  WriteCapacity asked() {
    return config.capacity().asked() instanceof WriteCapacity.InFile file
        ? read(file)
        : config.capacity().asked();
  }

  private static WriteCapacity read(WriteCapacity.InFile file) {
    String text;
    Path path = new Path(file.path());
    try (InputStream in = path.getFileSystem().open(path)) {
      text = new String(in.readNBytes(FILE_BYTES), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw problem(file, "cannot be read: " + e.getMessage());
    }
    try {
      return WriteCapacity.parse(text);
    } catch (IllegalArgumentException e) {
      String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
      throw problem(file, "holds \"" + shown + "\", which " + e.getMessage());
    }
  }

  private static ImportException problem(WriteCapacity.InFile file, String problem) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "sink.write-capacity: " + file + ": " + problem,
        "Write a number of units, a percentage or adaptive into it, where every host of the job can"
            + " read it.");
  }

  private TableCapacity table() {
    try (DynamoDbClient client = AwsClients.dynamoDb(config.aws())) {
      return new TableAdmin(client, config.table(), errors).capacity();
    } catch (AwsServiceException e) {
      throw errors.refused(Failure.of(e));
    } catch (SdkException e) {
      throw errors.unreachable(e);
    }
  }
}
