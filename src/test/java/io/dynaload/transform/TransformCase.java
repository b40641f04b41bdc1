package io.dynaload.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dynaload.config.ConfigFile;
import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Problems;
import io.dynaload.config.Section;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.Origin;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A case of {@code src/test/resources/transform}: an item, steps, and what becomes of it.
 *
 * <pre>
 * name                what the case is about
 * given               the item, as DynamoDB JSON
 * delete              true if it is a delete, and `given` its key
 * keys                of the target: [pk, sk], both of type S; [pk] if left out
 * steps               as in an import file
 * expect              the item that comes out, or a list of items; [] if it is left out
 * rejected            [code, reason]: or that it is rejected as it was
 * error               or the end of the message that refuses the steps
 * </pre>
 */
record TransformCase(String file, JsonNode json) {
  static final Instant NOW = Instant.parse("2024-05-06T07:08:09.999Z");
  static final Origin ORIGIN = new Origin("orders/2024-05.csv", 7);

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Key<List<Section>> TRANSFORM = Key.sections("transform", Transform.STEP);

  static List<TransformCase> all() throws IOException {
    List<TransformCase> cases = new ArrayList<>();
    Path folder = Path.of(System.getProperty("dynaload.home", "."), "src/test/resources/transform");
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        for (JsonNode json : YAML.readTree(new SmallReads(Files.newBufferedReader(file)))) {
          cases.add(new TransformCase(file.getFileName().toString(), json));
        }
      }
    }
    return cases;
  }

  /** The parser fails where a pair of surrogates lies across the end of its buffer. */
  private static final class SmallReads extends FilterReader {
    SmallReads(Reader in) {
      super(in);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, Math.min(length, 100));
    }
  }

  JsonNode get(String key) {
    JsonNode value = json.get(key);
    return value == null ? NullNode.getInstance() : value;
  }

  Item item() throws IOException, InvalidItemException {
    byte[] bytes = JSON.writeValueAsString(get("given")).getBytes(StandardCharsets.UTF_8);
    return get("delete").asBoolean()
        ? new ItemValidator().delete(bytes, 0, bytes.length, 5, ORIGIN)
        : new ItemValidator().put(bytes, 0, bytes.length, 5, ORIGIN);
  }

  /** Reads the steps as those of a file. */
  Transform transform(Path folder) throws IOException {
    Path file = folder.resolve("import.yaml");
    YAML.writeValue(file.toFile(), JSON.createObjectNode().set("transform", get("steps")));
    return read(file);
  }

  static Transform read(Path file) {
    Problems problems = new Problems();
    Section top = ConfigFile.read(file, List.of()).check(Keys.of(TRANSFORM), problems);
    Transform transform = Transform.from(top.find(TRANSFORM).orElse(List.of()), problems);
    problems.throwIfAny();
    return transform;
  }

  Transform.Context context() {
    KeyAttribute partition = new KeyAttribute(get("keys").path(0).asText("pk"), KeyType.S);
    JsonNode sort = get("keys").path(1);
    KeySchema keys =
        new KeySchema(
            partition, sort.isTextual() ? new KeyAttribute(sort.asText(), KeyType.S) : null);
    return new Transform.Context(keys, unit -> unit.substring(0, unit.indexOf('/')), NOW, false);
  }

  /** What is to come out. */
  List<JsonNode> expected() {
    JsonNode expect = get("expect");
    List<JsonNode> items = new ArrayList<>();
    if (expect.isArray()) {
      expect.forEach(items::add);
    } else {
      items.add(expect);
    }
    return items;
  }

  static JsonNode json(Item item) throws IOException {
    return JSON.readTree(item.json());
  }

  @Override
  public String toString() {
    return file + ": " + get("name").asText();
  }
}
