package io.dynaload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ImportException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {
  private static final Keys KEYS =
      Keys.of(Key.parsed("url", "a url", "jdbc:x", MaskedTest::refuse), Key.text("table"));

  private static String refuse(String text) {
    throw new IllegalArgumentException("is not a url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "http://u:pw@host:1/x ! http://…@host:1/x",
        "http://u:p@w@host ! http://…@host",
        "http://u:p/w@host ! http://…@host",
        "http://u:p;token=x@host ! http://…",
        "jdbc:lindorm:table:url=http://h:1;password=pw ! jdbc:lindorm:table:url=http://h:1;password=…",
        "jdbc:lindorm:table:url=http://h:1;user=u;password=pw;database=d"
            + " ! jdbc:lindorm:table:url=http://h:1;user=…;password=…;database=d",
        "jdbc:x:url=http://h;password=p@w ! jdbc:x:url=http://…",
        "jdbc:x:url=http://h;PWD=p;w ! jdbc:x:url=http://h;PWD=…",
        "jdbc:mysql://h/d?userName=u&Password=p?w&useSSL=false"
            + " ! jdbc:mysql://h/d?userName=…&Password=…&useSSL=false",
        "jdbc:mysql://h/d?trustCertificateKeyStorePassword=x"
            + " ! jdbc:mysql://h/d?trustCertificateKeyStorePassword=…",
        "jdbc:mysql://address=(host=h)(user=u)(password=p)/d"
            + " ! jdbc:mysql://address=(host=h)(user=…",
        "jdbc:oracle:thin:scott/tiger@//h:1/x ! jdbc:oracle:thin:…@//h:1/x",
        "s3://b/k?X-Amz-Security-Token=x&X-Amz-Date=1 ! s3://b/k?X-Amz-Security-Token=…&X-Amz-Date=1",
        "https://h/?access_key=a&secret=b&client-secret=c"
            + " ! https://h/?access_key=…&secret=…&client-secret=…",
        "password=pw ! password=…",
        "2023-01-01 12:00 ! 2023-01-01 12:00",
        "jdbc:lindorm:table:url=http://h:1 ! jdbc:lindorm:table:url=http://h:1",
        "me@example.com ! me@example.com",
      })
  void aLoginIsMaskedAndTheRestIsShown(String text, String shown) {
    assertThat(Masked.text(text)).isEqualTo(shown);
  }

  @Test
  void aRefusedUrlIsShownWithoutItsLogin() {
    assertThat(refused("source:\n  url: jdbc:x:url=http://h:1;user=u;password=hunter2\n"))
        .hasMessage(
            "x.yaml:2 source.url: \"jdbc:x:url=http://h:1;user=…;password=…\" is not a url");
  }

  @Test
  void soIsOneOfTheCommandLine() {
    assertThat(refused("source:\n  url: x\n", "source.url=http://u:hunter2@h"))
        .hasMessage("--set source.url: \"http://…@h\" is not a url");
  }

  @Test
  void aPathIsShownWithoutALogin() {
    assertThat(refused("source:\n  jdbc:x;password=hunter2: x\n"))
        .hasMessage("x.yaml:2 source.jdbc:x;password=…: unknown key. Known: url, table");
  }

  @Test
  void aKeyThatStandsTwiceIsShownWithoutALogin() {
    assertThat(refused("x;password=hunter2: 1\nx;password=hunter2: 2\n"))
        .hasMessage("x.yaml:2: the key \"x;password=…\" stands twice; it is in line 1 too");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source.url;password=hunter2",
        "jdbc:x:url=http://h;password=hunter2",
        "http://u:hunter2@h",
        "source.url http://u:hunter2@h",
        "=hunter2",
        "source.table.password=hunter2",
        "source.url={password: hunter2}",
        "source.url=[http://u:hunter2@h",
        "source.url='http://u:hunter2@h",
        "source.url='http://u:hunter2@h'",
      })
  void noOverrideRepeatsALogin(String override) {
    ImportException e = refused("source:\n  url: x\n  table: t\n", override);

    assertThat(e.problem() + e.remedy()).startsWith("--set").doesNotContain("hunter2");
  }

  private static ImportException refused(String yaml, String... overrides) {
    return catchThrowableOfType(
        ImportException.class,
        () -> {
          Node root = Overrides.apply(YamlReader.readFile("x.yaml", yaml), List.of(overrides));
          new Tree("", root.place(), root).child("source").orElseThrow().check(KEYS);
        });
  }
}
