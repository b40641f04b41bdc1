package io.dynaload.source.export;

import io.dynaload.item.Value;
import io.dynaload.source.export.ExportWriter.Change;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A full export and three incremental ones of a table that changes meanwhile: items are replaced,
 * deleted and inserted again. What the table holds at the end is known.
 */
public final class Chain {
  static final Instant TIME = Instant.parse("2023-09-18T17:00:00.250Z");
  public static final String KEYS = "partition-key: 'pk:S', sort-key: 'sk:N'";
  private static final int WINDOWS = 3;

  private final ExportWriter writer;
  private final Random random = new Random(11);
  private final Map<Integer, Map<String, Value>> table = new TreeMap<>();
  private final int keys;
  private final int textLength;
  private long records;

  /**
   * @param textLength how long the items of the incremental exports are, about
   */
  public Chain(Path bucket, String prefix, int keys, int textLength) {
    this.writer = new ExportWriter(bucket, prefix, false);
    this.keys = keys;
    this.textLength = textLength;
  }

  /** Writes them; their folders, in no order. */
  public List<Path> write() throws Exception {
    for (int key = 0; key < keys; key++) {
      if (key % 3 != 0) {
        table.put(key, item(key, 0));
      }
    }
    records = table.size();
    List<Path> folders = new ArrayList<>();
    folders.add(writer.full("01-full", "t", TIME, "DYNAMODB_JSON", List.copyOf(table.values())));
    for (int window = 1; window <= WINDOWS; window++) {
      List<Change> changes = changes(window);
      records += changes.size();
      folders.add(
          1,
          writer.incremental(
              "0" + window + "-inc", "t", at(window - 1), at(window), format(window), changes));
    }
    return folders;
  }

  static Instant at(int window) {
    return TIME.plusSeconds(3600L * window);
  }

  private static String format(int window) {
    return window == 2 ? "ION" : "DYNAMODB_JSON";
  }

  /** Each key changes at most once in a window. */
  private List<Change> changes(int window) {
    List<Change> changes = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      @Nullable Map<String, Value> before = table.get(key);
      int what = random.nextInt(5);
      if (what == 0 && before != null) {
        table.remove(key);
        changes.add(new Change(keysOf(key), before, null, micros(window, key)));
      } else if (what <= 2) {
        Map<String, Value> now = item(key, window);
        table.put(key, now);
        changes.add(new Change(keysOf(key), before, now, micros(window, key)));
      }
    }
    return changes;
  }

  private static long micros(int window, int key) {
    return at(window - 1).toEpochMilli() * 1000 + key;
  }

  private static Map<String, Value> keysOf(int key) {
    return Map.of("pk", new Value.S("p" + key % 17), "sk", new Value.N(Integer.toString(key)));
  }

  private Map<String, Value> item(int key, int window) {
    Map<String, Value> item = new LinkedHashMap<>(keysOf(key));
    item.put("window", new Value.N(window + ".0"));
    item.put("text", new Value.S("x".repeat((window == 0 ? 0 : textLength) + key % 50)));
    return item;
  }

  /** What the table holds at the end. */
  public Collection<Map<String, Value>> table() {
    return table.values();
  }

  /** Lines of all exports. */
  public long records() {
    return records;
  }
}
