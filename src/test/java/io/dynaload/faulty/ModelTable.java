package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.faulty.TableSpec.IndexSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A table, its indexes and what they can write. Not thread-safe: {@link ModelDynamoDb} locks.
 *
 * <p>A write costs ceil(size / 1 KB) units, at least one, of the larger one of the item that was
 * there and the item that is put; an index costs as much again for what it projects, and twice if
 * its key changes (developer guide, "Capacity unit consumption for write operations", "Write
 * considerations for global secondary indexes").
 */
public final class ModelTable {
  private record Stored(JsonNode item, int size) {}

  /** What a write costs: the table's units, and each index's, in their order. */
  record Cost(int table, List<Integer> indexes) {
    int total() {
      return table + indexes.stream().mapToInt(Integer::intValue).sum();
    }
  }

  private final String name;
  private final TableSpec spec;
  private final TreeMap<ModelKey, Stored> items = new TreeMap<>();
  private final ModelCapacity capacity;
  private final ModelReads reads;
  private final Map<String, ModelCapacity> indexes = new LinkedHashMap<>();
  private final Set<String> refused = new HashSet<>();
  private BiConsumer<ModelKey, JsonNode> onPut = (key, item) -> {};
  private @Nullable String ttlAttribute;

  ModelTable(String name, TableSpec spec, LongSupplier nanoTime) {
    this.name = name;
    this.spec = spec;
    this.capacity = new ModelCapacity(spec, spec.writeUnits(), nanoTime);
    this.reads = new ModelReads(nanoTime);
    for (IndexSpec index : spec.indexes()) {
      indexes.put(index.name(), new ModelCapacity(spec, index.writeUnits(), nanoTime));
    }
  }

  public String name() {
    return name;
  }

  public TableSpec spec() {
    return spec;
  }

  /** The table's own capacity, without its indexes. */
  public ModelCapacity capacity() {
    return capacity;
  }

  /** What it gives to those who scan it. */
  public ModelReads reads() {
    return reads;
  }

  public ModelCapacity capacity(String index) {
    return Objects.requireNonNull(indexes.get(index), index);
  }

  /** From now on items that have this attribute are invalid, whatever its value. */
  public void refuseItemsWith(String attribute) {
    refused.add(attribute);
  }

  /** Tells each item at the moment that it is put; called by one thread at a time. */
  public void onPut(BiConsumer<ModelKey, JsonNode> watcher) {
    onPut = watcher;
  }

  @Nullable String ttlAttribute() {
    return ttlAttribute;
  }

  void ttlAttribute(String attribute) {
    ttlAttribute = attribute;
  }

  Write put(JsonNode item, JsonNode request) throws ServiceError {
    int size = ItemRules.size(item);
    for (String attribute : refused) {
      if (item.has(attribute)) {
        throw ServiceError.invalid("One or more parameter values were invalid: " + attribute);
      }
    }
    Write write = new Write(ModelKey.of(spec.keys(), item), item, size, request);
    for (IndexSpec index : spec.indexes()) {
      checkIndexKey(index, item);
    }
    return write;
  }

  Write delete(JsonNode key, JsonNode request) throws ServiceError {
    ItemRules.size(key);
    return new Write(ModelKey.ofKey(spec.keys(), key), null, 0, request);
  }

  /** An index's key may be missing, but not of another type. */
  private static void checkIndexKey(IndexSpec index, JsonNode item) throws ServiceError {
    if (has(index, item)) {
      ModelKey.of(index.keys(), item);
    }
  }

  @Nullable JsonNode get(ModelKey key) {
    Stored stored = items.get(key);
    return stored == null ? null : stored.item();
  }

  Cost cost(Write write) throws ServiceError {
    Stored old = items.get(write.key());
    int size = Math.max(write.size(), old == null ? 0 : old.size());
    List<Integer> ofIndexes = new ArrayList<>();
    for (IndexSpec index : spec.indexes()) {
      ofIndexes.add(cost(index, old == null ? null : old.item(), write.item()));
    }
    return new Cost(ItemRules.units(size), ofIndexes);
  }

  private int cost(IndexSpec index, @Nullable JsonNode old, @Nullable JsonNode put)
      throws ServiceError {
    boolean was = old != null && has(index, old);
    boolean is = put != null && has(index, put);
    int oldUnits = was ? units(index, Objects.requireNonNull(old)) : 0;
    int newUnits = is ? units(index, Objects.requireNonNull(put)) : 0;
    if (!was || !is) {
      return oldUnits + newUnits;
    }
    if (!ModelKey.of(index.keys(), Objects.requireNonNull(old))
        .equals(ModelKey.of(index.keys(), Objects.requireNonNull(put)))) {
      return oldUnits + newUnits;
    }
    boolean same = index.keysOnly() || old.equals(put);
    return same ? 0 : Math.max(oldUnits, newUnits);
  }

  private int units(IndexSpec index, JsonNode item) throws ServiceError {
    if (!index.keysOnly()) {
      return ItemRules.units(ItemRules.size(item));
    }
    Set<String> projected = new HashSet<>();
    for (var keys : List.of(spec.keys(), index.keys())) {
      projected.add(keys.partition().name());
      if (keys.sort() != null) {
        projected.add(keys.sort().name());
      }
    }
    var view = item.<ObjectNode>deepCopy();
    view.retain(projected);
    return ItemRules.units(ItemRules.size(view));
  }

  private static boolean has(IndexSpec index, JsonNode item) {
    return item.has(index.keys().partition().name())
        && (index.keys().sort() == null || item.has(index.keys().sort().name()));
  }

  /** Whether the table and every index that the write touches have room for it. */
  boolean admits(Write write, Cost cost) {
    boolean admitted = capacity.hasRoom(write.key());
    int i = 0;
    for (ModelCapacity index : indexes.values()) {
      admitted &= cost.indexes().get(i++) == 0 || index.hasRoom(write.key());
    }
    if (!admitted) {
      capacity.refuse(cost.total());
    }
    return admitted;
  }

  /** Takes what a write costs, whether or not it takes effect. */
  void charge(Write write, Cost cost) {
    capacity.take(write.key(), cost.table());
    int i = 0;
    for (ModelCapacity index : indexes.values()) {
      index.take(write.key(), cost.indexes().get(i++));
    }
  }

  void apply(Write write) {
    if (write.item() == null) {
      items.remove(write.key());
    } else {
      items.put(write.key(), new Stored(write.item(), write.size()));
      onPut.accept(write.key(), write.item());
    }
  }

  int size() {
    return items.size();
  }

  /** The items behind a key, in the order of Scan. */
  Iterable<Map.Entry<ModelKey, JsonNode>> after(@Nullable ModelKey key) {
    Map<ModelKey, Stored> rest = key == null ? items : items.tailMap(key, false);
    return () ->
        rest.entrySet().stream()
            .map(entry -> Map.entry(entry.getKey(), entry.getValue().item()))
            .iterator();
  }

  /** Units that the table and its indexes have written since the start. */
  public double consumed() {
    return capacity.consumed()
        + indexes.values().stream().mapToDouble(ModelCapacity::consumed).sum();
  }
}
