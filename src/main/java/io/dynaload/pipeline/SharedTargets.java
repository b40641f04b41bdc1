package io.dynaload.pipeline;

import io.dynaload.aws.AwsConfig;
import io.dynaload.capacity.SharedLimit;
import io.dynaload.config.Tree;
import io.dynaload.error.ImportException;
import io.dynaload.sink.DynamoDbSinkConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

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

  /** The same imports; those that can write to one table at the same time share its limit. */
  static Map<String, ImportFile> dividing(Map<String, ImportFile> imports, int maxConcurrent) {
    Map<Target, Long> counts =
        imports.values().stream().collect(Collectors.groupingBy(Target::of, Collectors.counting()));
    String file = UUID.randomUUID().toString();
    Map<String, ImportFile> dividing = new LinkedHashMap<>(imports);
    dividing.replaceAll(
        (name, each) -> {
          Target target = Target.of(each);
          int most = (int) Math.min(maxConcurrent, counts.getOrDefault(target, 1L));
          return most == 1
              ? each
              : each.withSink(
                  each.sink().sharing(new SharedLimit.Share(file + " " + target, most)));
        });
    return dividing;
  }

  /** From now on, until it is closed, this process keeps count of who shares a limit. */
  static SharedLimit open(ImportsFile file) {
    return SharedLimit.open(
        file.imports().values().stream()
            .map(each -> each.sink().capacity().share())
            .filter(Objects::nonNull)
            .map(SharedLimit.Share::id)
            .collect(Collectors.toSet()));
  }
}
