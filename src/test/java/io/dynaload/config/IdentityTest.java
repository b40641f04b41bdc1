package io.dynaload.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  private static final Key<String> TABLE = Key.text("table").required();
  private static final Key<Integer> PAGE_SIZE =
      Key.integer("page-size").defaultsTo(2000).changeable();
  private static final Key<String> DATABASE = Key.text("database").defaultsTo("default");
  private static final Key<String> NOTE = Key.text("note");
  private static final Key<Section> CREATE = Key.section("create", Keys.of(TABLE, PAGE_SIZE));
  private static final Key<Secret> PASSWORD = Key.secret("password");
  private static final Keys KEYS = Keys.of(TABLE, PAGE_SIZE, DATABASE, NOTE, CREATE);

  @Test
  void holdsWhatMustNotChangeWithItsPathAndItsDefault() {
    Map<String, String> identity = new TreeMap<>();
    ConfigFile.parse("x.yaml", "table: a\npage-size: 7\ncreate: {table: b}\n", List.of())
        .check(KEYS)
        .identity(identity::put);
    assertThat(identity)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("table", "a", "database", "default", "create.table", "b"));
  }

  @Test
  void holdsAllThatStandsInListsAndFreeForms() {
    Keys keys =
        Keys.of(
            Key.sections("steps", Keys.of(TABLE, PAGE_SIZE)),
            Key.texts("columns"),
            Key.tree("transform", "a list", "[]"));
    Map<String, String> identity = new TreeMap<>();
    ConfigFile.parse(
            "x.yaml",
            """
            steps: [{table: a, page-size: 7}, {table: b}]
            columns: [x, y]
            transform:
              - where: size(item.a) > 0   # comment
              - rename: {start: "say \\"x\\"", end:}
            """,
            List.of())
        .check(keys)
        .identity(identity::put);
    assertThat(identity)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "steps.0.table", "a",
                "steps.1.table", "b",
                "columns", "[x, y]",
                "transform",
                    "[{where: \"size(item.a) > 0\"}, {rename: {start: \"say \\\"x\\\"\", end: null}}]"));
  }

  @Test
  void aRelativeSecretFileBeginsAtTheFilesFolder(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("the-password"), "hunter2\n");
    Path file = Files.writeString(folder.resolve("x.yaml"), "password: ${file:the-password}\n");
    Secret secret = ConfigFile.read(file, List.of()).check(Keys.of(PASSWORD)).get(PASSWORD);
    assertThat(secret.resolve()).isEqualTo("hunter2");
  }

  @Test
  void anAbsoluteSecretFileStaysWhereItIs(@TempDir Path folder) throws Exception {
    Path password = Files.writeString(folder.resolve("the-password"), "hunter2");
    Secret secret =
        ConfigFile.parse("/elsewhere/x.yaml", "password: ${file:" + password + "}\n", List.of())
            .check(Keys.of(PASSWORD))
            .get(PASSWORD);
    assertThat(secret.resolve()).isEqualTo("hunter2");
  }
}
