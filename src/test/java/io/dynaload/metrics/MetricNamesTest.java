package io.dynaload.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricNamesTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\|");

  @Test
  void theManualListsEveryMetricAndNoOther() throws Exception {
    List<String> names = new ArrayList<>();
    for (Count count : Count.values()) {
      names.add(count.key());
    }
    for (Field field : MetricNames.class.getFields()) {
      names.add((String) field.get(null));
    }
    names.removeAll(List.of(MetricNames.GROUP, MetricNames.REJECTED_ACCUMULATORS));
    String manual =
        Files.readString(Path.of(System.getProperty("dynaload.home"), "docs", "metrics.md"));

    assertThat(ROW.matcher(manual).results().map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(names).doesNotHaveDuplicates();
  }
}
