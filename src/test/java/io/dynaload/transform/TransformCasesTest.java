package io.dynaload.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.Rejection.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the cases of {@code src/test/resources/transform}; {@link TransformCase} says their form.
 */
class TransformCasesTest {
  @TempDir private Path folder;

  static List<TransformCase> cases() throws Exception {
    return TransformCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyCaseComesOutAsItSays(TransformCase each) throws Exception {
    if (!each.get("error").isNull()) {
      assertThatThrownBy(() -> each.transform(folder))
          .isInstanceOfSatisfying(
              ImportException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
                assertThat(e.problem()).endsWith(each.get("error").asText());
              });
      return;
    }
    Item given = each.item();
    Steps steps = new Steps(each.transform(folder), each.context());
    List<Item> out = run(steps, given);
    JsonNode rejected = each.get("rejected");
    if (!rejected.isNull()) {
      assertThat(out).singleElement().satisfies(item -> assertRejected(item, given, rejected));
    } else {
      assertComeOut(out, given, each.expected());
    }
    assertBalanced(steps, out.size());
    // Nothing of an item may be left when the next one comes.
    assertThat(run(steps, given)).usingRecursiveComparison().isEqualTo(out);
  }

  private static List<Item> run(Steps steps, Item given) {
    Item single = steps.single(given);
    return single == null ? new ArrayList<>(steps.results()) : List.of(single);
  }

  private static void assertRejected(Item item, Item given, JsonNode rejected) {
    assertThat(item.rejection().stage()).isEqualTo(Stage.TRANSFORM);
    assertThat(item.rejection().code()).isEqualTo(rejected.get(0).asText());
    assertThat(item.rejection().reason()).isEqualTo(rejected.get(1).asText());
    assertThat(item.json()).as("what a replay transforms again").isEqualTo(given.json());
    assertThat(item.origin()).isEqualTo(given.origin());
  }

  private static void assertComeOut(List<Item> out, Item given, List<JsonNode> expected)
      throws Exception {
    List<JsonNode> found = new ArrayList<>();
    for (Item item : out) {
      assertThat(item.isRejected()).as(() -> item.rejection().reason()).isFalse();
      found.add(TransformCase.json(item));
      byte[] json = item.json();
      assertThat(item.size()).isEqualTo(new ItemValidator().validate(json, 0, json.length));
      assertThat(item.kind()).isEqualTo(given.kind());
      assertThat(item.writeTimestampMicros()).isEqualTo(given.writeTimestampMicros());
    }
    assertThat(found).isEqualTo(expected);
    assertThat(out).extracting(Item::origin).doesNotHaveDuplicates();
  }

  private static void assertBalanced(Steps steps, int out) {
    boolean single = out == 1 && steps.results().size() <= 1;
    long cameIn = 1 + (single ? 0 : steps.fannedOut());
    assertThat(cameIn).isEqualTo(out + (single ? 0 : steps.filtered()));
  }

  @Test
  void thereAreCasesEnoughAndEachHasAName() throws Exception {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(150);
    assertThat(cases()).extracting(TransformCase::toString).doesNotHaveDuplicates();
  }
}
