package io.dynaload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "007",
        "0x1F",
        "1_000",
        "1.50",
        "1e999",
        "+7",
        "1:30",
        ".inf",
        "TRUE",
        "no",
        "2023-01-01 00:00:00",
        "jdbc:lindorm:table:url=http://127.0.0.1:30060",
        "${env:A}",
        "id:S"
      })
  void scalarsKeepTheirText(String text) {
    assertThat(tree("a: " + text + "\n").text("a")).contains(text);
  }

  @Test
  void quotesAndBlocksAreYaml() {
    Tree tree = tree("a: '7 # x'\nb: \"1\\t2\"\nc: ''\nd: |\n  x\n  y\n");

    assertThat(tree.text("a")).contains("7 # x");
    assertThat(tree.text("b")).contains("1\t2");
    assertThat(tree.text("c")).contains("");
    assertThat(tree.text("d")).contains("x\ny\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:\n", "a: ~\n", "a: null\n", "a: # nothing\n"})
  void nothingIsNoText(String yaml) {
    assertThat(tree(yaml).text("a")).isEmpty();
    assertThat(tree(yaml).child("a")).isPresent();
  }

  /** The parser reads its text in pieces, and a character of two chars may lie across their end. */
  @Test
  void aCharacterOfTwoCharsMayStandAnywhere() {
    for (int i = 0; i < 3_200; i++) {
      String text = "x".repeat(i) + "😀".repeat(i % 3 + 1) + "y";
      Tree read = tree("# 😀\na: \"" + text + "\"\nb: 1\n");
      assertThat(read.text("a")).as("%d characters", i).contains(text);
      assertThat(read.text("b")).contains("1");
    }
  }

  @Test
  void placesAreKept() {
    Node node = YamlReader.readFile("x.yaml", "a:\n  b: [1,\n    2]\n");

    Tree list = new Tree("", node.place(), node).child("a").orElseThrow().child("b").orElseThrow();
    assertThat(list.place()).isEqualTo(new Place("x.yaml", 2, 3));
    assertThat(list.elements().get(1).place()).isEqualTo(new Place("x.yaml", 3, 5));
    assertThat(list.elements().get(1).path()).isEqualTo("a.b.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "a: 1\\nb:\\n\\tc: 2 ! x.yaml:3: not valid YAML: a tab cannot indent a line; use spaces",
        "a: 1\\nb: 2\\na: 3 ! x.yaml:3: the key \"a\" stands twice; it is in line 1 too",
        "a: {b: 1, b: 2} ! x.yaml:1: the key \"b\" stands twice; it is in line 1 too",
        "a: 1\\n---\\nb: 2 ! x.yaml:3: a second YAML document begins here; a file holds one"
            + " (remove the line ---)",
        "a: &x {b: 1}\\nc: *x ! x.yaml:1: anchors (&) and aliases (*) are not supported; put a"
            + " text that begins so in quotes",
        "a: [1, 2\\nb: 3 ! x.yaml:2: not valid YAML: expected ',' or ']', but got :",
        "a: 'b ! x.yaml:1: not valid YAML: the file ends within quotes, a bracket or a brace",
        "a: 1\\n  b: 2 ! x.yaml:2: not valid YAML: a key cannot stand here; check the indentation,"
            + " and put a text with \": \" in quotes",
        "? [a]\\n: b ! x.yaml:1: not valid YAML here; a key must be a text, and a value a text, a"
            + " list or a section",
        "a: 1\\nb: x\u0007y ! x.yaml:2: not valid YAML: the character U+0007",
        "- a ! x.yaml:1: the file holds a list, not sections",
        "abc ! x.yaml:1: the file holds a single value, not sections",
        "# nothing ! x.yaml:1: the file is empty"
      })
  void whatIsNotPlainYamlIsRefusedWithItsLine(String yaml, String message) {
    ImportException e = refused(yaml.replace("\\n", "\n").replace("\\t", "\t"));

    assertThat(e).hasMessage(message).hasNoCause();
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
  }

  @Test
  void tagsAreRefused() {
    assertThat(refused("a: !!binary aGVsbG8=\n"))
        .hasMessage("x.yaml:1: tags (!) are not supported; put a text that begins so in quotes");
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 2000, 100_000})
  void depthIsBounded(int depth) {
    assertThat(refused("a: " + "[".repeat(depth) + "]".repeat(depth) + "\n"))
        .hasMessage("x.yaml:1: more than 32 levels of nesting");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*hunter2", "!hunter2", "%hunter2", "@hunter2", "`hunter2", "'hunter2", "\"hunter2\\q\"",
        "hunter2: x", "[hunter2", "{hunter2", "|hunter2", "hunter2\u0007", "]hunter2", "&a *hunter2"
      })
  void noMessageRepeatsAPassword(String password) {
    ImportException e = refused("source:\n  password: " + password + "\n");

    assertThat(e.problem() + e.remedy() + e.getCause()).doesNotContain("hunter2");
  }

  private static ImportException refused(String yaml) {
    return catchThrowableOfType(ImportException.class, () -> tree(yaml));
  }

  private static Tree tree(String yaml) {
    return ConfigFile.parse("x.yaml", yaml, List.of());
  }
}
