package io.dynaload.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ItemViewTest {
  private static final String JSON =
      """
       { "pk":{"S":"a\\u00e9\\n"}, "\\u0062":{"B":"AQ\\u003d\\u003d"}, "t":{"BOOL": true},"f":{"BOOL":false },
        "n" : { "NULL" : true } , "m":{"M":{"x":{"N":"1.50"},"y":{"L":[ {"S":""}, {"M":{}} ]}}},
        "ss":{"SS":["a","b"]},"ns":{"NS":["1"]},"bs":{"BS":["AQ==",""]},"e":{"L":[]} } \
      """;

  private final ItemView view = view(JSON);

  @Test
  void namesAreInTheirOrder() {
    assertThat(view.names()).containsExactly("pk", "b", "t", "f", "n", "m", "ss", "ns", "bs", "e");
    assertThat(view("{}").names()).isEmpty();
  }

  @Test
  void anAttributeIsFoundByItsName() {
    assertThat(view.get("pk")).contains(new Value.S("aé\n"));
    assertThat(view.get("b")).contains(new Value.B(new byte[] {1}));
    assertThat(view.get("e")).contains(new Value.L(List.of()));
    assertThat(view.get("x")).isEmpty();
    assertThat(view("{}").get("x")).isEmpty();
  }

  @Test
  void theWholeItemIsAMap() {
    assertThat(view.asMap())
        .containsEntry("t", new Value.Bool(true))
        .containsEntry("f", new Value.Bool(false))
        .containsEntry("n", new Value.Null())
        .containsEntry(
            "m",
            new Value.M(
                Map.of(
                    "x",
                    new Value.N("1.50"),
                    "y",
                    new Value.L(List.of(new Value.S(""), new Value.M(Map.of()))))))
        .containsEntry("ss", new Value.SS(Set.of("b", "a")))
        .containsEntry("ns", new Value.NS(Set.of("1")))
        .containsEntry(
            "bs", new Value.BS(Set.of(new Value.B(new byte[] {1}), new Value.B(new byte[0]))))
        .hasSize(10);
  }

  @Test
  void onlyWhatIsAskedForIsDecoded() {
    ItemView broken = view("{\"bad\":{\"B\":\"?\"},\"good\":{\"S\":\"a\"}}");
    assertThat(broken.get("good")).contains(new Value.S("a"));
    assertThat(broken.names()).containsExactly("bad", "good");
    assertThatThrownBy(() -> broken.get("bad")).isInstanceOf(IllegalStateException.class);
  }

  private static ItemView view(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new ItemView(Item.put(bytes, 0, 0, new Origin("test", 0)));
  }
}
