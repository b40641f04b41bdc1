package io.dynaload.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.RandomItems;
import io.dynaload.item.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in an item may make it a rejected one, and neither ends the job nor holds it up. */
@Timeout(20)
class HostileItemsTest {
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("deep", "[".repeat(999) + "]".repeat(999)),
          Map.entry("deeper", "[".repeat(100_000) + "]".repeat(100_000)),
          Map.entry("digits", "9".repeat(390_000)),
          Map.entry("far", "1e2147483647"),
          Map.entry("near", "1E-999"),
          Map.entry("lone", "\"\\ud800\""),
          Map.entry("pair", "😀"),
          Map.entry("dollar", "$"),
          Map.entry("group", "${nope}\\"),
          Map.entry("long", "a".repeat(380_000) + "!"),
          Map.entry("zone", "+99:99"),
          Map.entry("pattern", "yyyy-MM-dd'"),
          Map.entry("empty", ""));

  private static final Transform.Context CONTEXT =
      new Transform.Context(
          new KeySchema(new KeyAttribute("pk", KeyType.S), null),
          unit -> "",
          TransformCase.NOW,
          false);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "json_parse(item.x)",
        "json_text([json_parse(item.x)])",
        "json_text({'a': [json_parse(item.x)]})",
        "json_parse(item.x) == json_parse(item.x)",
        "[json_parse(item.x)] + [item.x]",
        "number(item.x)",
        "number(item.x) * number(item.x)",
        "round(number(item.x), 1000)",
        "number(item.x) / 3",
        "number(item.x) % 7",
        "format_time(number(item.x), 'yyyy')",
        "format_time(now, 'yyyy', item.x)",
        "format_time(now, item.x)",
        "epoch_seconds(item.x, 'yyyy-MM-dd')",
        "epoch_seconds('2024-01-01', item.x)",
        "replace_all('x', 'x', item.x)",
        "replace_all(item.x, '(a*)*$', '$1$1')",
        "replace_all('aaa', item.x, '')",
        "item.x.matches('^(a+)+$')",
        "'a'.matches(item.x)",
        "item.x.substring(1)",
        "item.x.substring(2147483647, 1)",
        "item.x.split('')",
        "size(item.x.split('').map(c, c + c)) + size(item.x)",
        "item.x.split(item.x).join(item.x)",
        "lower(item.x) + upper(item.x) + trim(item.x)",
        "sha256(item.x) + base64(item.x)",
        "{item.x: item.x}",
        "merge(item, {item.x: 1})",
        "item[item.x]",
        "[1, 2][number(item.x)]",
        "item.x in item"
      })
  void whateverATextIsTheItemComesOutOrIsRejected(String expression) throws Exception {
    Path file = folder.resolve("import.yaml");
    Files.writeString(
        file, "transform:\n- set:\n    y: |-\n      " + expression + "\n- split: '[item]'\n");
    Steps steps = new Steps(TransformCase.read(file), CONTEXT);
    for (Map.Entry<String, String> text : TEXTS.entrySet()) {
      Item item =
          RandomItems.encode(Map.of("pk", new Value.S("a"), "x", new Value.S(text.getValue())));
      Item single = steps.single(item);
      List<Item> out = single == null ? steps.results() : List.of(single);
      assertThat(out).as(text.getKey()).hasSize(1);
      if (out.get(0).isRejected()) {
        assertThat(out.get(0).rejection().reason())
            .as(text.getKey())
            .startsWith("step ")
            .hasSizeLessThan(300);
        assertThat(out.get(0).json()).isEqualTo(item.json());
      } else {
        byte[] json = out.get(0).json();
        assertThat(new ItemValidator().validate(json, 0, json.length))
            .as(text.getKey())
            .isEqualTo(out.get(0).size());
      }
    }
  }
}
