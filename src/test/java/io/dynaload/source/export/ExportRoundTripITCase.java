package io.dynaload.source.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.RandomItems;
import io.dynaload.item.Value;
import io.dynaload.pipeline.ImportRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table with every type, written out in every layout, imported, and compared key by key. */
@Timeout(120)
class ExportRoundTripITCase {
  private static final int RANDOM = 120;
  private static final Instant TIME = Instant.parse("2023-09-18T17:00:00Z");

  private enum Layout {
    FULL_JSON,
    FULL_ION,
    INCREMENTAL_JSON,
    INCREMENTAL_ION,
    LEGACY,
    LEGACY_COMPRESSED,
    OLDEST,
    OLDEST_COMPRESSED;

    boolean isOldest() {
      return this == OLDEST || this == OLDEST_COMPRESSED;
    }
  }

  @TempDir private static Path folder;
  private static ExportImport imports;

  @BeforeAll
  static void startTheServer() {
    imports = new ExportImport(folder);
  }

  @AfterAll
  static void stopTheServer() {
    imports.close();
  }

  /** Items with a binary key and all that is hard to get right. */
  private static List<Map<String, Value>> items() {
    RandomItems random = new RandomItems(5);
    List<Map<String, Value>> items = new ArrayList<>();
    for (int i = 0; i < RANDOM; i++) {
      items.add(random.next(keys(i)));
    }
    Map<String, Value> edges = new LinkedHashMap<>(keys(RANDOM));
    edges.put("smallest", new Value.N("1E-130"));
    edges.put("largest", new Value.N("-9.9999999999999999999999999999999999999E+125"));
    edges.put("digits", new Value.N("0.12345678901234567890123456789012345678"));
    edges.put("empty", new Value.S(""));
    edges.put("no bytes", new Value.B(new byte[0]));
    edges.put("emoji 😀", new Value.S("😀\u0000"));
    edges.put("texts", new Value.SS(Set.of("", "a", "\"")));
    edges.put("numbers", new Value.NS(Set.of("1", "-0.5", "1E+100")));
    edges.put(
        "binaries", new Value.BS(Set.of(new Value.B(new byte[] {0}), new Value.B(new byte[0]))));
    edges.put("nothing", new Value.Null());
    edges.put("list", new Value.L(List.of(new Value.Bool(true), new Value.M(Map.of()))));
    items.add(edges);
    Map<String, Value> deep = new LinkedHashMap<>(keys(RANDOM + 1));
    deep.put("deep", random.deepest());
    items.add(deep);
    return items;
  }

  private static Map<String, Value> keys(int i) {
    return Map.of(
        "id",
        new Value.B(new byte[] {(byte) i, (byte) 0x80, (byte) (i >> 8)}),
        "n",
        new Value.N(i + ".50"));
  }

  /** The oldest layout has no way to write a line feed, or one of its own separators, in a name. */
  private static Map<String, Value> withPlainNames(Map<String, Value> item) {
    return item.entrySet().stream()
        .filter(entry -> entry.getKey().chars().allMatch(c -> c >= ' '))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  private static Path write(Layout layout, List<Map<String, Value>> items) throws Exception {
    ExportWriter writer = new ExportWriter(folder.resolve("bucket"), "some/prefix", true);
    String id = "0169-" + layout;
    List<ExportWriter.Change> changes =
        items.stream()
            .map(item -> new ExportWriter.Change(keysOf(item), null, item, 1_695_097_218_000_000L))
            .toList();
    Instant to = TIME.plusSeconds(900);
    return switch (layout) {
      case FULL_JSON -> writer.full(id, "t", TIME, "DYNAMODB_JSON", items);
      case FULL_ION -> writer.full(id, "t", TIME, "ION", items);
      case INCREMENTAL_JSON -> writer.incremental(id, "t", TIME, to, "DYNAMODB_JSON", changes);
      case INCREMENTAL_ION -> writer.incremental(id, "t", TIME, to, "ION", changes);
      case LEGACY -> writer.legacy(id, false, items);
      case LEGACY_COMPRESSED -> writer.legacy(id, true, items);
      case OLDEST -> writer.oldest(id, false, items);
      case OLDEST_COMPRESSED -> writer.oldest(id, true, items);
    };
  }

  private static Map<String, Value> keysOf(Map<String, Value> item) {
    return item.entrySet().stream()
        .filter(entry -> Set.of("id", "n").contains(entry.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @ParameterizedTest
  @EnumSource
  void everyLayoutGivesBackTheTable(Layout layout) throws Exception {
    List<Map<String, Value>> items = items();
    if (layout.isOldest()) {
      items.replaceAll(ExportRoundTripITCase::withPlainNames);
    }
    Path export = write(layout, items);
    Path file = imports.file("path: " + export, "partition-key: 'id:B', sort-key: 'n:N'");
    ImportRun.Result result = ExportImport.run(ExportImport.prepare(file, null));
    imports.assertWhole(file, result, items.size(), items);
    assertThat(items).hasSize(RANDOM + 2);
  }
}
