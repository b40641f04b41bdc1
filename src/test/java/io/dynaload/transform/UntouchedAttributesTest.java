package io.dynaload.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.ItemView;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.RandomItems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an item holds: what a step does not name passes as it is written, byte for byte. */
class UntouchedAttributesTest {
  private static final Transform.Context CONTEXT =
      new Transform.Context(
          new KeySchema(new KeyAttribute("pk", KeyType.S), null),
          unit -> "",
          TransformCase.NOW,
          false);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void stepsChangeNothingThatTheyDoNotName(long seed) throws Exception {
    Random random = new Random(seed);
    RandomItems items = new RandomItems(seed);
    for (int round = 0; round < 150; round++) {
      Item item = loosened(RandomItems.encode(items.next(Map.of())), random);
      List<String> names = new ArrayList<>(new ItemView(item).names());
      TreeSet<String> touched = new TreeSet<>();
      for (String name : names) {
        if (isPlain(name) && random.nextInt(3) == 0) {
          touched.add(name);
        }
      }
      String yaml = steps(random, names, touched);
      Path file = folder.resolve("import.yaml");
      Files.writeString(file, yaml);
      Steps steps = new Steps(TransformCase.read(file), CONTEXT);

      Item out = steps.single(item);

      assertUntouched(item, Objects.requireNonNull(out), names, touched, yaml);
    }
  }

  /** The item with white space between its tokens, and letters in its texts as escapes. */
  private static Item loosened(Item item, Random random) throws Exception {
    StringBuilder json = new StringBuilder();
    boolean inText = false;
    String text = item.jsonText();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        int length = text.charAt(i + 1) == 'u' ? 6 : 2;
        json.append(text, i, i + length);
        i += length - 1;
      } else if (c == '"') {
        inText = !inText;
        json.append(c);
      } else if (inText && c < 0x7f && random.nextInt(20) == 0) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(!inText && random.nextInt(4) == 0 && "{}[]:,".indexOf(c) >= 0 ? " " + c : c);
      }
    }
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    return new ItemValidator().put(bytes, 0, bytes.length, Item.NO_WRITE_TIMESTAMP, item.origin());
  }

  private static void assertUntouched(
      Item item, Item out, List<String> names, TreeSet<String> touched, String yaml)
      throws Exception {
    assertThat(out.isRejected()).as(yaml).isFalse();
    byte[] json = out.json();
    assertThat(out.size()).as(yaml).isEqualTo(new ItemValidator().validate(json, 0, json.length));
    ItemView before = new ItemView(item);
    ItemView after = new ItemView(out);
    List<String> untouched = names.stream().filter(name -> !touched.contains(name)).toList();
    for (String name : untouched) {
      assertThat(after.json(name).orElseThrow())
          .as("%s after %s", name, yaml)
          .isEqualTo(before.json(name).orElseThrow());
    }
    assertThat(after.names().stream().filter(name -> !name.startsWith("new-")).toList())
        .as("the order of what is left, after %s", yaml)
        .filteredOn(untouched::contains)
        .containsExactlyElementsOf(untouched);
  }

  /** Names that can stand in the file as they are, and as the first part of a path. */
  private static boolean isPlain(String name) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(name) && name.matches("[A-Za-z0-9_]+");
  }

  private static String steps(Random random, List<String> names, TreeSet<String> touched) {
    StringBuilder yaml = new StringBuilder("transform:\n- where: 'true'\n");
    for (String name : touched) {
      switch (random.nextInt(4)) {
        case 0 -> yaml.append("- drop: ['" + name + "']\n");
        case 1 -> yaml.append("- rename: {'" + name + "': 'new-" + name + "'}\n");
        case 2 -> yaml.append("- {cast: {'" + name + "': S}, on-error: keep}\n");
        default -> yaml.append("- set: {'" + name + "': size(item)}\n");
      }
    }
    if (names.stream().allMatch(UntouchedAttributesTest::isPlain) && random.nextBoolean()) {
      List<String> kept = new ArrayList<>(names);
      kept.removeAll(touched);
      kept.add("new-one");
      yaml.append("- select: ['" + String.join("', '", kept) + "']\n");
    }
    return yaml.toString();
  }
}
