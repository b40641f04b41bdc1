package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The pages on EMR say what the template and the step say. */
class EmrDocsTest {
  private static final Pattern PARAMETER =
      Pattern.compile("(?m)^\\| `([A-Z]\\w+)` \\| (\\*\\*required\\*\\*|`[^`]+`|) \\| (.+) \\|$");
  private static final Pattern MEMORY =
      Pattern.compile(
          "(?m)^\\| `([a-z0-9.]+)` \\| (\\d+) \\| ([0-9,]+) MB \\| (\\d+) of `(\\d+)m` \\| (\\d+)"
              + " \\|$");
  private static final int JOB_MANAGER_MB = 2048;

  /** What CloudFormation takes without a detour by way of S3. */
  private static final int MOST_BYTES = 51_200;

  @Test
  void theParametersAreTheTemplates() throws IOException {
    assertThat(PARAMETER.matcher(section("Parameters")).results().map(MatchResult::group))
        .containsExactlyInAnyOrderElementsOf(
            Stacks.TEMPLATE.section("Parameters").entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList());
  }

  @Test
  void theOutputsAreTheTemplates() throws IOException {
    assertThat(section("Outputs").lines().filter(line -> line.startsWith("| `")))
        .containsExactlyInAnyOrderElementsOf(
            Stacks.TEMPLATE.section("Outputs").entrySet().stream()
                .map(
                    entry ->
                        "| `%s` | %s |"
                            .formatted(
                                entry.getKey(), entry.getValue().path("Description").asText()))
                .toList());
  }

  @Test
  void everyAlarmIsExplained() throws IOException {
    String made = section("What is made");
    for (String name : Stacks.TEMPLATE.section("Resources").keySet()) {
      if (name.endsWith("Alarm")) {
        assertThat(made).contains("| `" + name + "` |");
      }
    }
  }

  @Test
  void aNodeHasASlotForEachCoreBesideAJobManager() throws IOException {
    List<MatchResult> rows = MEMORY.matcher(section("How Flink is set up")).results().toList();

    assertThat(rows)
        .extracting(row -> row.group(1))
        .containsExactlyInAnyOrderElementsOf(
            texts(Stacks.TEMPLATE.root().at("/Parameters/CoreInstanceType/AllowedValues")))
        .containsExactlyInAnyOrderElementsOf(
            Template.children(Stacks.TEMPLATE.root().at("/Mappings/TaskManagerByInstanceType"))
                .keySet());
    for (MatchResult row : rows) {
      int cores = Integer.parseInt(row.group(2));
      int yarn = Integer.parseInt(row.group(3).replace(",", ""));
      int taskManagers = Integer.parseInt(row.group(4));
      int memory = Integer.parseInt(row.group(5));
      JsonNode mapped =
          Stacks.TEMPLATE
              .root()
              .path("Mappings")
              .path("TaskManagerByInstanceType")
              .path(row.group(1));
      assertThat(mapped.path("Memory").asText()).as(row.group(1)).isEqualTo(memory + "m");
      assertThat(taskManagers * 2).isEqualTo(cores).isEqualTo(Integer.parseInt(row.group(6)));
      assertThat(JOB_MANAGER_MB + taskManagers * memory).as(row.group(1)).isLessThanOrEqualTo(yarn);
    }
  }

  @Test
  void theStepByHandIsTheOneThatIsSubmitted() throws IOException {
    assertThat(Files.readString(Project.file("docs", "emr.md")))
        .contains("bash -c '" + StepArguments.SCRIPT + "' dynaload \\\n");
  }

  @Test
  void theTemplateIsSmallEnoughToBeSentAsItIs() throws IOException {
    assertThat(Files.size(Template.FILE)).isLessThanOrEqualTo(MOST_BYTES);
  }

  private static String row(String name, JsonNode parameter) {
    String value = parameter.path("Default").asText();
    String shown =
        !parameter.has("Default") ? "**required**" : value.isEmpty() ? "" : "`" + value + "`";
    return "| `%s` | %s | %s |".formatted(name, shown, parameter.path("Description").asText());
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String section(String title) throws IOException {
    String page = Files.readString(Project.file("docs", "emr-stack.md"));
    int begin = page.indexOf("\n## " + title + "\n");
    assertThat(begin).as(title).isNotNegative();
    int end = page.indexOf("\n## ", begin + 1);
    return page.substring(begin, end < 0 ? page.length() : end);
  }
}
