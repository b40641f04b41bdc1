package io.dynaload.pipeline;

import io.dynaload.aws.AwsConfig;
import io.dynaload.config.Tree;
import io.dynaload.error.ImportException;
import io.dynaload.sink.DynamoDbSinkConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The imports of a file that write to one table. */
final class SharedTargets {
  private SharedTargets() {}

  /** A table in its place. */
  private record Target(String table, AwsConfig aws) {
    static Target of(ImportFile file) {
      DynamoDbSinkConfig sink = file.sink();
      return new Target(sink.table(), sink.aws());
    }
  }

  /**
   * What is wrong if imports can run at the same time that write to one table and ask for different
   * limits: it is one limit, which they divide.
   */
  static Optional<ImportException> check(
      Map<String, ImportFile> imports, int maxConcurrent, Tree place) {
    Map<Target, Map.Entry<String, ImportFile>> first = new HashMap<>();
    for (Map.Entry<String, ImportFile> each : imports.entrySet()) {
      Map.Entry<String, ImportFile> other = first.putIfAbsent(Target.of(each.getValue()), each);
      if (other == null || maxConcurrent == 1) {
        continue;
      }
      Object asked = each.getValue().sink().capacity().asked();
      Object others = other.getValue().sink().capacity().asked();
      if (!asked.equals(others)) {
        return Optional.of(
            place.problem(
                String.format(
                    "%s and %s can write to the table %s at the same time, with different"
                        + " write-capacity: %s and %s",
                    other.getKey(), each.getKey(), each.getValue().sink().table(), others, asked),
                "Imports divide the write-capacity of a table that they write to at the same time:"
                    + " say it once, in the sink section at the top, or set max-concurrent: 1."));
      }
    }
    return Optional.empty();
  }
}
