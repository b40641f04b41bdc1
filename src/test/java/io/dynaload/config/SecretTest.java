package io.dynaload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  private static final Key<Secret> PASSWORD = Key.secret("password");
  private static final Key<Secret> USERNAME = Key.textOrReference("username");
  private static final Key<Map<String, Secret>> PROPERTIES = Key.textOrReferenceMap("properties");
  private static final Keys KEYS = Keys.of(PASSWORD, USERNAME, PROPERTIES);

  @TempDir private Path folder;

  @Test
  void anEnvironmentVariableIsLookedUp() {
    assertThat(Secret.of("${env:PATH}").resolve()).isEqualTo(System.getenv("PATH"));
  }

  @Test
  void anEnvironmentVariableThatIsNotSetIsNamed() {
    ImportException e = unresolved("${env:DYNALOAD_NO_SUCH}");

    assertThat(e)
        .hasMessage(
            "${env:DYNALOAD_NO_SUCH}: the environment variable DYNALOAD_NO_SUCH is not set");
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.remedy())
        .isEqualTo(
            "Set it for every process that uses it: this one, and the task managers of a cluster.");
  }

  @ParameterizedTest
  @CsvSource({"'pä ss', 'pä ss'", "'x\n', 'x'", "'x\r\n', 'x'", "'x\n\n', 'x\n'", "'', ''"})
  void aFileIsReadWithoutItsLastLineFeed(String content, String value) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), content);

    assertThat(Secret.of("${file:" + file + "}").resolve()).isEqualTo(value);
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    Path missing = folder.resolve("missing");
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'h', 'u', (byte) 0xFC});

    assertThat(unresolved("${file:" + missing + "}"))
        .hasMessage("${file:" + missing + "}: there is no such file");
    assertThat(unresolved("${file:" + folder + "}"))
        .hasMessage("${file:" + folder + "}: the file cannot be read (IOException)");
    assertThat(unresolved("${file:" + latin + "}"))
        .hasMessage("${file:" + latin + "}: the file is not UTF-8 text")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${env:A B}",
        "${env:1A}",
        "${env:}",
        "${file:}",
        "${vault:hunter2}",
        "${hunter2}",
        "${}",
        "x${env:hunter2}",
        "${env:A}${env:B}",
        "${file:a{b}",
        " ${env:A}",
        "${ENV:A}",
        "${env:A} ",
        "${file:a\0b}"
      })
  void whatIsMeantAsAReferenceMustBeOne(String text) {
    ImportException e = catchThrowableOfType(ImportException.class, () -> Secret.of(text));

    assertThat(e)
        .hasMessage(
            "a malformed reference; the whole value must be ${env:NAME}, ${file:PATH}, ${ssm:NAME}"
                + " or ${secretsmanager:NAME#json-key}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "", "a$b", "$HOME", "{env:A}", "a}b", "$ {env:A}"})
  void anyOtherTextIsALiteral(String text) {
    assertThat(Secret.of(text).isReference()).isFalse();
    assertThat(Secret.of(text).resolve()).isEqualTo(text);
  }

  @Test
  void theFileGivesReferencesAndLiteralsWhereTheyAreAllowed() {
    Section section =
        ConfigFile.parse(
                "x.yaml",
                """
                password: ${env:PATH}
                username: root
                properties: {database: db, token: "${env:PATH}"}
                """,
                List.of())
            .check(KEYS);

    assertThat(section.get(PASSWORD)).isEqualTo(Secret.of("${env:PATH}"));
    assertThat(section.get(USERNAME).resolve()).isEqualTo("root");
    assertThat(section.get(PROPERTIES))
        .containsExactly(
            Map.entry("database", Secret.of("db")), Map.entry("token", Secret.of("${env:PATH}")));
  }

  @Test
  void itsTextIsNeverShown() {
    Section section =
        ConfigFile.parse("x.yaml", "username: hunter2\nproperties: {a: hunter2}\n", List.of())
            .check(KEYS);

    assertThat(Secret.of("hunter2")).hasToString("<redacted>");
    assertThat(Secret.of("${env:A}")).hasToString("<redacted>");
    assertThat(List.of(section, section.get(USERNAME), section.get(PROPERTIES)).toString())
        .doesNotContain("hunter2");
  }

  @Test
  void theJobGraphCarriesTheReferenceOnly() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "hunter2");
    Secret secret = Secret.of("${file:" + file + "}");
    assertThat(secret.resolve()).isEqualTo("hunter2");

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(secret);
    }

    assertThat(bytes.toString(StandardCharsets.ISO_8859_1))
        .contains("${file:" + file + "}")
        .doesNotContain("hunter2");
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((Secret) in.readObject()).resolve()).isEqualTo("hunter2");
    }
  }

  private static ImportException unresolved(String reference) {
    Secret secret = Secret.of(reference);
    return catchThrowableOfType(ImportException.class, secret::resolve);
  }
}
