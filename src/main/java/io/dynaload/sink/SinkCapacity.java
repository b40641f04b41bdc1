package io.dynaload.sink;

import io.dynaload.aws.AwsClients;
import io.dynaload.capacity.CapacityProbe;
import io.dynaload.capacity.TableCapacity;
import io.dynaload.wire.Failure;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Where the capacity is looked up that the sink may use. */
final class SinkCapacity {
  private SinkCapacity() {}

  /** Looks up what may be written, and what the table has; TARGET if it cannot be described. */
  static CapacityProbe probe(DynamoDbSinkConfig config) {
    return new CapacityProbe(
        "sink.write-capacity", config.capacity().asked(), () -> capacityOf(config));
  }

  private static TableCapacity capacityOf(DynamoDbSinkConfig config) {
    TargetErrors errors = new TargetErrors(config);
    try (DynamoDbClient client = AwsClients.dynamoDb(config.aws())) {
      return new TableAdmin(client, config.table(), errors).capacity();
    } catch (AwsServiceException e) {
      throw errors.refused(Failure.of(e));
    } catch (SdkException e) {
      throw errors.unreachable(e);
    }
  }
}
