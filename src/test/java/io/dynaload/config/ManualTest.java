package io.dynaload.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTest {
  enum Billing {
    ON_DEMAND,
    PROVISIONED
  }

  @Test
  void everyKeyIsARow() {
    Keys step = Keys.of(Key.textMap("rename").describedAs("Old name to new."));
    Keys checkpoint =
        Keys.of(
            Key.duration("interval").defaultsTo(Duration.ofSeconds(60)),
            Key.duration("timeout")
                .atLeast(Duration.ofMinutes(10))
                .defaultsTo(Duration.ofHours(2)));
    Keys keys =
        Keys.of(
            Key.text("table").required().describedAs("The table | its name."),
            Key.integer("page-size")
                .defaultsTo(2000)
                .between(1, 10_000)
                .describedAs("Rows a page."),
            Key.choice("billing", Billing.class).defaultsTo(Billing.ON_DEMAND),
            Key.texts("columns").defaultsTo(List.of("a", "b")),
            Key.secret("password").describedAs("A reference."),
            Key.section("checkpoint", checkpoint).describedAs("Checkpoints."),
            Key.sections("steps", step));

    assertThat(
            Manual.markdown(
                List.of(
                    new Manual.Chapter("`sink`", "Where items go.", keys),
                    new Manual.Chapter("other", "", step))))
        .isEqualTo(
            """
            ## `sink`

            Where items go.

            | key | value | default | description |
            |---|---|---|---|
            | `table` | a text | **required** | The table \\| its name. |
            | `page-size` | a whole number, 1 to 10000 | `2000` | Rows a page. |
            | `billing` | one of on-demand, provisioned | `on-demand` |  |
            | `columns` | a list of texts | `[a, b]` |  |
            | `password` | a reference to a secret |  | A reference. |
            | `checkpoint` | a section |  | Checkpoints. |
            | `checkpoint.interval` | a duration | `60s` |  |
            | `checkpoint.timeout` | a duration, at least 600s | `2h` |  |
            | `steps` | a list of sections |  |  |
            | `steps[].rename` | names with a text each |  | Old name to new. |

            ## other

            | key | value | default | description |
            |---|---|---|---|
            | `rename` | names with a text each |  | Old name to new. |
            """);
  }
}
