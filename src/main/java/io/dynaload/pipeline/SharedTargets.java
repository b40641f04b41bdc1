package io.dynaload.pipeline;

import io.dynaload.aws.AwsConfig;
import io.dynaload.aws.AwsPlace;
import io.dynaload.capacity.SharedLimit;
import io.dynaload.config.Tree;
import io.dynaload.error.ImportException;
import io.dynaload.sink.DynamoDbSinkConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The imports of a file that write to one table. */
final class SharedTargets {
  private SharedTargets() {}

  /**
   * A table in its place.
   *
   * @param place null of the only one of that name, which nothing need be looked up for
   */
  private record Target(String table, @Nullable AwsPlace place) {}

  private static Map<String, Target> targets(Map<String, ImportFile> imports) {
    Map<String, Set<AwsConfig>> sections = new HashMap<>();
    for (ImportFile each : imports.values()) {
      DynamoDbSinkConfig sink = each.sink();
      sections.computeIfAbsent(sink.table(), any -> new HashSet<>()).add(sink.aws());
    }
    Map<AwsConfig, AwsPlace> places = new HashMap<>();
    Map<String, Target> targets = new LinkedHashMap<>();
    imports.forEach(
        (name, each) -> {
          String table = each.sink().table();
          boolean isOne = sections.getOrDefault(table, Set.of()).size() == 1;
          targets.put(
              name,
              new Target(
                  table, isOne ? null : places.computeIfAbsent(each.sink().aws(), AwsPlace::of)));
        });
    return targets;
  }

  /**
   * What is wrong if imports can run at the same time that write to one table and ask for different
   * limits: it is one limit, which they divide.
   */
  static Optional<ImportException> check(
      Map<String, ImportFile> imports, int maxConcurrent, Tree place) {
    if (maxConcurrent == 1) {
      return Optional.empty();
    }
    Map<String, Target> targets = targets(imports);
    Map<Target, Map.Entry<String, ImportFile>> first = new HashMap<>();
    for (Map.Entry<String, ImportFile> each : imports.entrySet()) {
      Target target = Objects.requireNonNull(targets.get(each.getKey()));
      Map.Entry<String, ImportFile> other = first.putIfAbsent(target, each);
      if (other == null) {
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
    if (maxConcurrent == 1) {
      return imports;
    }
    Map<Target, List<String>> names = new LinkedHashMap<>();
    targets(imports)
        .forEach(
            (name, target) -> names.computeIfAbsent(target, any -> new ArrayList<>()).add(name));
    Map<String, ImportFile> dividing = new LinkedHashMap<>(imports);
    for (List<String> sharing : names.values()) {
      if (sharing.size() > 1) {
        SharedLimit.Share share =
            new SharedLimit.Share(
                UUID.randomUUID().toString(), Math.min(maxConcurrent, sharing.size()));
        sharing.forEach(
            name ->
                dividing.computeIfPresent(
                    name, (any, each) -> each.withSink(each.sink().sharing(share))));
      }
    }
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
