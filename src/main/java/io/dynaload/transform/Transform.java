package io.dynaload.transform;

import io.dynaload.config.Keys;
import io.dynaload.config.Problems;
import io.dynaload.config.Section;
import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.item.KeySchema;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The stage between source and sink: what the file's steps make of each item. Of one item the same
 * is made in every run, but for what depends on the time of the run. Immutable; part of the job
 * graph.
 */
public final class Transform implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The keys of a step. */
  public static final Keys STEP = StepKeys.KEYS;

  /** Passes every item on as it is. */
  public static final Transform NONE = new Transform(List.of());

  /** In {@link #outcome}: the type of an attribute of which nothing more is known. */
  public static final String ANY_TYPE = Outcome.ANY;

  private final ArrayList<Step> steps;

  /** Tells the table that the items of a unit come from; an empty text if there is none. */
  @FunctionalInterface
  public interface Tables extends Serializable {
    String table(String unit);
  }

  /**
   * What stays the same for all items of a run.
   *
   * @param keys of the table that the items go to
   * @param tables that the items come from
   * @param now the time of the run, for expressions
   * @param replay whether the items are dead letters, whose origin names their import's run before
   *     their own
   */
  public record Context(KeySchema keys, Tables tables, Instant now, boolean replay)
      implements Serializable {}

  private Transform(List<Step> steps) {
    this.steps = new ArrayList<>(steps);
  }

  /**
   * Reads the steps of a file, compiles their expressions, and adds what is wrong to {@code
   * problems}. What it returns is whole only if nothing was added.
   */
  public static Transform from(List<Section> sections, Problems problems) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      new StepReader(sections.get(i), problems, i + 1).read().ifPresent(steps::add);
    }
    return new Transform(steps);
  }

  /**
   * The attributes that the first step leaves of every item, so that no step, and nothing behind
   * them, ever asks for another; empty if that cannot be said.
   */
  public List<String> attributes() {
    return steps.isEmpty()
            || steps.get(0).isOptional()
            || !(steps.get(0).operation() instanceof Select select)
        ? List.of()
        : select.attributes();
  }

  /** What the steps may do to attributes; what depends on keys is decided by it. */
  public Changes changes() {
    Changes changes = Changes.NONE;
    for (Step step : steps) {
      changes = changes.and(step.operation().changes());
    }
    return changes;
  }

  /**
   * What comes out, of items that have these attributes.
   *
   * @param attributes name to DynamoDB type; empty if not known
   * @return the same of what comes out, with the type {@code ?} where it is not known; empty if
   *     nothing is
   */
  public Map<String, String> outcome(Map<String, String> attributes) {
    if (attributes.isEmpty() || steps.stream().anyMatch(s -> s.operation() instanceof Split)) {
      return Map.of();
    }
    Map<String, String> known = new LinkedHashMap<>(attributes);
    for (Step step : steps) {
      Map<String, String> before = new LinkedHashMap<>(known);
      step.operation().outcome(known);
      if (step.isOptional()) {
        known = Outcome.either(before, known);
      }
    }
    return known;
  }

  public DataStream<Item> apply(DataStream<Item> items, Context context) {
    return (steps.isEmpty()
            ? items.map(item -> item).returns(ItemTypeInfo.INSTANCE)
            : items.flatMap(new TransformFunction(this, context)).returns(ItemTypeInfo.INSTANCE))
        .name("transform")
        .uid("transform");
  }

  List<Step> steps() {
    return steps;
  }
}
