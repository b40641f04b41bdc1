package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.capacity.AskedCapacity;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportsFileTest {
  private static final String FILE =
      """
      source:
        type: file
        format: csv
        types: {price: N}
      sink:
        table: all
        region: us-west-2
        write-capacity: 900
        create-table: {partition-key: 'id:S'}
      pipeline:
        name: shop
        checkpoint: {interval: 5s, directory: here}
      max-concurrent: 2
      imports:
        - name: january
          source: {path: january.csv}
        - name: february
          source: {path: february.csv, types: {weight: N}}
          sink: {table: february, write-capacity: 50%, create-table: ~}
          pipeline: {parallelism: 7, checkpoint: {interval: 9s}}
        - name: old
          source: {type: export, path: export}
          sink: {table: old}
      """;

  @TempDir private Path folder;

  private ImportsFile read(String text, String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), text);
    return ImportsFile.read(file, Arrays.asList(overrides));
  }

  private static ImportFile of(ImportsFile file, String name) {
    return Objects.requireNonNull(file.imports().get(name));
  }

  private List<String> problems(String text, String... overrides) {
    ImportException e = catchThrowableOfType(ImportException.class, () -> read(text, overrides));
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.remedy()).isNotEmpty();
    return e.problem().replace(folder + "/", "").lines().toList();
  }

  @Test
  void eachImportHasWhatIsSharedAndSaysWhatIsItsOwn() throws Exception {
    ImportsFile file = read(FILE);

    assertThat(file.name()).isEqualTo("shop");
    assertThat(file.maxConcurrent()).isEqualTo(2);
    assertThat(file.imports()).containsOnlyKeys("january", "february", "old");
    ImportFile january = of(file, "january");
    assertThat(january.pipeline().name()).isEqualTo("shop/january");
    assertThat(january.sink().table()).isEqualTo("all");
    assertThat(january.sink().createTable()).isNotNull();
    assertThat(january.pipeline().checkpoint().interval()).hasSeconds(5);
    ImportFile february = of(file, "february");
    assertThat(february.sink().table()).isEqualTo("february");
    assertThat(february.sink().aws().region()).isEqualTo("us-west-2");
    assertThat(february.sink().capacity().asked()).isEqualTo(AskedCapacity.parse("50%"));
    assertThat(february.sink().createTable()).isNull();
    assertThat(february.pipeline().parallelism()).isEqualTo(7);
    assertThat(february.pipeline().checkpoint().interval()).hasSeconds(9);
    assertThat(february.pipeline().checkpoint().directory()).isEqualTo("here");
    assertThat(february.identity().values().get("source.types"))
        .contains("price")
        .contains("weight");
  }

  @Test
  void aSourceOfAnotherTypeTakesNothingFromTheSharedOne() throws Exception {
    assertThat(of(read(FILE), "old").identity().values())
        .containsEntry("source.type", "export")
        .doesNotContainKey("source.format");
  }

  @Test
  void theStepsOfTheTransformAreSharedOrReplacedTogether() throws Exception {
    ImportsFile file =
        read(
            "transform: [{drop: [a]}, {drop: [b]}]\n" + FILE,
            "imports.old.transform=[{drop: [c]}]");

    assertThat(of(file, "january").identity().values()).containsKey("transform.1.drop");
    assertThat(of(file, "old").identity().values())
        .containsKey("transform.0.drop")
        .doesNotContainKey("transform.1.drop");
  }

  @Test
  void whatAnImportIsDoesNotDependOnWhereItStands() throws Exception {
    ImportFile alone =
        ImportFile.read(
            Files.writeString(
                folder.resolve("y.yaml"),
                """
                source: {type: file, format: csv, types: {price: N}, path: january.csv}
                sink: {table: all, region: us-west-2}
                pipeline: {name: other}
                """),
            List.of());

    assertThat(of(read(FILE), "january").identity()).isEqualTo(alone.identity());
  }

  @Test
  void aValueIsSetForAllOrForOneByItsNameOrNumber() throws Exception {
    ImportsFile file =
        read(
            FILE,
            "sink.region=eu-central-1",
            "imports.january.sink.region=eu-west-1",
            "imports.2.pipeline.parallelism=5");

    assertThat(of(file, "january").sink().aws().region()).isEqualTo("eu-west-1");
    assertThat(of(file, "february").sink().aws().region()).isEqualTo("eu-central-1");
    assertThat(of(file, "old").pipeline().parallelism()).isEqualTo(5);
    assertThat(problems(FILE, "imports.march.sink.table=x"))
        .containsExactly(
            "--set imports.march.sink.table: the list in x.yaml:15 has no element with name:"
                + " march");
  }

  @Test
  void allThatIsWrongIsToldOnceAndInItsPlace() {
    String text =
        FILE.replace("types: {price: N}", "typs: {price: N}")
            .replace("parallelism: 7", "parallelism: many")
            .replace("sink: {table: old}", "sink: {table: ol}");

    assertThat(problems(text))
        .satisfiesExactlyInAnyOrder(
            first -> assertThat(first).startsWith("x.yaml:4 source.typs: unknown key; did you"),
            second ->
                assertThat(second)
                    .startsWith(
                        "x.yaml:20 imports.february.pipeline.parallelism: \"many\" is not a whole"),
            third ->
                assertThat(third)
                    .startsWith("x.yaml:23 imports.old.sink.table: \"ol\" is not a table's name"));
  }

  @Test
  void importsThatWriteToOneTableAtTheSameTimeAskForOneLimit() throws Exception {
    String two = two();

    assertThat(problems(two))
        .containsExactly(
            "x.yaml:14 imports: january and february can write to the table all at the same time,"
                + " with different write-capacity: 900 and 50%");
    assertThat(read(two, "max-concurrent=1").imports()).hasSize(3);
    assertThat(read(two, "imports.february.sink.write-capacity=900").imports()).hasSize(3);
    assertThat(read(two, "imports.february.sink.region=eu-central-1").imports()).hasSize(3);
    assertThat(read(two, "sink.write-capacity=50%", "imports.february.sink.write-capacity=50.0%"))
        .isNotNull();
  }

  private static final String ROLE = "arn:aws:iam::123456789012:role/";

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "region=us-west-2 ! region=",
        "region=us-west-2 ! endpoint=https://dynamodb.us-west-2.amazonaws.com",
        "endpoint=http://127.0.0.1:8000 ! endpoint=http://localhost:8000/",
        "role-arn=" + ROLE + "loader ! role-arn=" + ROLE + "other",
        "role-arn=" + ROLE + "loader ! external-id=a1b2",
      })
  void oneTableIsOneHoweverItIsSaid(String ofAll, String own) throws Exception {
    String region = System.setProperty("aws.region", "us-west-2");
    try {
      assertThat(problems(two(), "sink." + ofAll, "imports.february.sink." + own))
          .containsExactly(
              "x.yaml:14 imports: january and february can write to the table all at the same time,"
                  + " with different write-capacity: 900 and 50%");
    } finally {
      restore("aws.region", region);
    }
  }

  private static void restore(String property, @Nullable String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  /** With two imports into one table. */
  private static String two() {
    return FILE.replace("table: february, ", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "region=us-west-2 ! region=us-east-1",
        "endpoint=http://127.0.0.1:8000 ! endpoint=http://127.0.0.1:8001",
        "endpoint=http://127.0.0.1:8000 ! endpoint=",
        "role-arn=" + ROLE + "loader ! role-arn=arn:aws:iam::999999999999:role/loader",
      })
  void tablesOfOneNameInDifferentPlacesAreDifferent(String ofAll, String own) throws Exception {
    assertThat(read(two(), "sink." + ofAll, "imports.february.sink." + own).imports()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "name: february ! name: january ! x.yaml:17 imports.1: the name january stands twice",
        "name: february ! name: a.b ! x.yaml:17 imports.1.name: \"a.b\" cannot name an import: use"
            + " up to 64 letters, digits, '_' and '-', and not digits alone",
        "name: february ! name: 12 ! x.yaml:17 imports.1.name: \"12\" cannot name an import: use up"
            + " to 64 letters, digits, '_' and '-', and not digits alone",
        "name: shop ! parallelism: 1 ! x.yaml:10 pipeline: pipeline.name is missing at the top of"
            + " the file: it names all imports together",
        "checkpoint: {interval: 9s} ! checkpoint: {directory: mine} ! x.yaml:20"
            + " imports.february.pipeline.checkpoint.directory: it holds the runs of all imports"
            + " together, and stands at the top of the file",
        "{parallelism: 7, ! {name: mine, ! x.yaml:20 imports.february.pipeline.name: it names all"
            + " imports together, and stands at the top of the file",
        "max-concurrent: 2 ! max-concurrent: 0 ! x.yaml:13 max-concurrent: 0 is below 1",
        "max-concurrent: 2 ! max-concurent: 2 ! x.yaml:13 max-concurent: unknown key; did you mean"
            + " \"max-concurrent\"? Known: max-concurrent, imports, source, transform, sink,"
            + " pipeline"
      })
  void whatIsWrongWithTheFormIsTold(String right, String wrong, String message) {
    assertThat(problems(FILE.replace(right, wrong))).contains(message);
  }

  @Test
  void aListWithoutAnImportIsRefused() {
    String none = FILE.substring(0, FILE.indexOf("imports:"));
    assertThat(problems(none + "imports: []\n"))
        .containsExactly(
            "x.yaml:14 imports: expected a list of imports, each with a name: \"- name: orders\"");
    assertThat(problems(none + "imports:\n"))
        .containsExactly(
            "x.yaml:14 imports: has no value; expected a list of sections, for example"
                + " [{name: orders, sink: {table: orders}}]");
    assertThat(problems(FILE, "imports="))
        .singleElement()
        .asString()
        .startsWith("--set imports: has no value; expected a list of sections");
    assertThat(problems(none + "imports: {a: b}\n"))
        .containsExactly(
            "x.yaml:14 imports: expected a list of imports, each with a name: \"- name: orders\"");
  }

  @Test
  void someOfThemAreChosenByTheirNames() throws Exception {
    ImportsFile file = read(FILE);

    assertThat(file.only(List.of("old", "january")).imports()).containsOnlyKeys("january", "old");
    assertThat(file.only(List.of("old")).onlyOne()).isEqualTo(of(file, "old"));
    assertThatThrownBy(() -> file.only(List.of("march")))
        .hasMessageStartingWith("--import march: the file has no such import");
    assertThatThrownBy(file::onlyOne)
        .isInstanceOfSatisfying(
            ImportException.class,
            e -> {
              assertThat(e.problem())
                  .isEqualTo("The file describes several imports: january, february, old");
              assertThat(e.remedy()).isEqualTo("Name one: --import january");
            });
  }
}
