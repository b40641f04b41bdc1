package io.dynaload.emr.monitor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.metrics.CloudWatchNames;
import io.dynaload.metrics.Count;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A snapshot for programs: one object in one line. What is not known is null. */
final class SnapshotJson {
  private SnapshotJson() {}

  static String of(Snapshot now) {
    Verdict verdict = Verdict.of(now);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", now.at().toString());
    json.put("state", verdict.state().name());
    json.put("exitCode", verdict.isFinal() ? verdict.exitCode() : null);
    json.put("reason", verdict.reason());
    cluster(now.cluster(), json.putObject("cluster"));
    var steps = json.putArray("steps");
    now.steps().forEach(step -> step(step, steps.addObject()));
    var imports = json.putArray("imports");
    now.imports().forEach(each -> importObject(now, each, imports.addObject()));
    table(now.table(), json.putObject("table"));
    cost(Cost.of(now), json.putObject("costEstimate"));
    var notes = json.putArray("notes");
    now.notes().forEach(notes::add);
    return json.toString();
  }

  private static void cluster(ClusterView cluster, ObjectNode json) {
    json.put("id", cluster.id()).put("name", cluster.name()).put("state", cluster.state());
    json.put("reason", cluster.reason());
    json.put("created", text(cluster.created())).put("ended", text(cluster.ended()));
    var nodes = json.putArray("nodes");
    cluster
        .nodes()
        .forEach(each -> nodes.addObject().put("type", each.type()).put("count", each.count()));
  }

  private static void step(StepView step, ObjectNode json) {
    json.put("id", step.id()).put("name", step.name()).put("state", step.state());
    json.put("failure", step.failure());
    json.put("started", text(step.started())).put("ended", text(step.ended()));
  }

  private static void importObject(Snapshot now, ImportView view, ObjectNode json) {
    json.put("name", view.name()).put("run", view.run());
    json.put("state", view.state(now.at()).name());
    json.put("asOf", text(view.asOf().orElse(null)));
    for (Count count : Count.values()) {
      json.put(count.key(), view.count(count).orElse(null));
    }
    json.put("itemsPerSecond", view.figure(CloudWatchNames.ITEMS_PER_SECOND).orElse(null));
    json.put("writeUnitsPerSecond", view.figure(CloudWatchNames.UNITS_PER_SECOND).orElse(null));
    json.put("writeLimit", view.figure(CloudWatchNames.WRITE_LIMIT).orElse(null));
    Done done = Done.of(view, now).orElse(null);
    json.put("percent", done == null ? null : (Double) done.percent());
    json.put("secondsLeft", done == null ? null : done.secondsLeft());
    json.put("basis", done == null ? null : done.basis());
    ApplicationView application = view.application();
    json.put("application", application == null ? null : application.id());
    json.put("applicationState", application == null ? null : application.state());
    json.put("finalStatus", application == null ? null : application.finalStatus());
  }

  private static void table(TableView table, ObjectNode json) {
    json.put("name", table.name()).put("state", table.state());
    json.put("items", table.items()).put("provisionedWriteUnits", table.writeUnits());
    Point consumed = table.consumed();
    json.put("consumedWriteUnitsPerSecond", consumed == null ? null : (Double) consumed.value());
    json.put("consumedAt", consumed == null ? null : text(consumed.at()));
    Point refused = table.refused();
    json.put("refusedWritesPerMinute", refused == null ? null : (Double) refused.value());
  }

  private static void cost(Cost cost, ObjectNode json) {
    json.put("clusterDollars", orNull(cost.cluster()));
    json.put("writeUnitDollars", orNull(cost.writeUnits()));
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isEmpty() ? null : value.getAsDouble();
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
