package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.config.ConfigFile;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessConfigTest {
  private static final String MYSQL = "url: jdbc:mysql://h:33060/plant?sslMode=REQUIRED\n";
  private static final String NATIVE = "url: jdbc:lindorm:table:url=http://h:30060;a=b\n";

  private static AccessConfig config(String text) {
    return AccessConfig.of(ConfigFile.parse("f.yaml", text, List.of()).check(AccessConfig.KEYS));
  }

  private static String refused(String text) {
    ImportException e = catchThrowableOfType(ImportException.class, () -> config(text));
    assertThat(e).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem() + e.remedy()).doesNotContain("hunter2");
    return e.problem();
  }

  private static Map<String, String> properties(String text) {
    AccessConfig config = config(text);
    return config.dialect().properties(config, java.time.Duration.ofSeconds(150));
  }

  @Test
  void theDatabaseIsTheUrlsOrTheKeysOrTheDefaultOne() {
    assertThat(config(MYSQL).database()).isEqualTo("plant");
    assertThat(config(MYSQL + "database: plant").database()).isEqualTo("plant");
    assertThat(config(NATIVE + "database: plant").database()).isEqualTo("plant");
    assertThat(config(NATIVE).database()).isEqualTo("default");
    assertThat(refused(MYSQL + "database: other"))
        .endsWith("database: is other, but the url says plant");
  }

  @Test
  void propertiesWinOverOurDefaults() {
    assertThat(
            properties(
                MYSQL + "properties: {SOCKETTIMEOUT: 1000, allowPublicKeyRetrieval: 'true'}"))
        .containsEntry("sslMode", "REQUIRED")
        .containsEntry("socketTimeout", "1000")
        .containsEntry("allowPublicKeyRetrieval", "true")
        .containsEntry("useServerPrepStmts", "true")
        .containsEntry("connectTimeout", "10000");
    assertThat(properties(NATIVE + "properties: {lindorm.tsdb.driver.socket.timeout: 1}"))
        .containsEntry("lindorm.tsdb.driver.socket.timeout", "1")
        .containsEntry("maxRetries", "0")
        .containsEntry("a", "b")
        .containsEntry("database", "default");
  }

  @Test
  void mySqlEncryptsWhereItCanAndAsksForNoKeyUnlessTheFileSaysOtherwise() {
    assertThat(properties("url: jdbc:mysql://h:1/d"))
        .containsEntry("sslMode", "PREFERRED")
        .doesNotContainKey("allowPublicKeyRetrieval");
  }

  @ParameterizedTest
  @ValueSource(strings = {"connectionTimeZone", "serverTimezone"})
  void noPropertyCanShiftTimes(String property) {
    assertThat(properties("url: jdbc:mysql://h:1/d?" + property + "=Asia/Shanghai"))
        .containsEntry("connectionTimeZone", "UTC")
        .doesNotContainKey("serverTimezone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "password", "Password", "username", "database"})
  void aPropertyWithAKeyOfItsOwnIsRefused(String name) {
    assertThat(refused(MYSQL + "properties: {" + name + ": hunter2}"))
        .endsWith("properties: " + name + " cannot stand here");
  }

  @Test
  void aSecretPropertyIsAReference() {
    assertThat(refused(MYSQL + "properties: {keyStorePassword: hunter2}"))
        .endsWith("properties: keyStorePassword is a secret, which cannot be written here itself");
    assertThat(config(MYSQL + "properties: {keyStorePassword: '${env:P}'}").properties())
        .containsOnlyKeys("keyStorePassword");
  }

  @Test
  void aPropertyThatTheUrlHasTooIsRefused() {
    assertThat(refused(MYSQL + "properties: {sslmode: DISABLED}"))
        .endsWith("properties: sslmode stands in the url too");
  }

  @Test
  void aDriverJarIsGivenFromTheRoot() {
    assertThat(config(MYSQL + "driver-jar: /opt/d.jar").driverJar()).isEqualTo("/opt/d.jar");
    assertThat(refused(MYSQL + "driver-jar: lib/d.jar"))
        .endsWith("driver-jar: lib/d.jar is not an absolute path");
  }

  @Test
  void aLoginInTheUrlIsNotRepeatedInTheMessage() {
    for (String url :
        List.of(
            "jdbc:mysql://h:1/d?user=hunter2&password=hunter2",
            "jdbc:mysql://root:hunter2@h:1/d",
            "jdbc:mysql://root:x/hunter2@h:1/d",
            "jdbc:mysql://h:1/d?sslMode=REQUIRED&p%61ssword=hunter2",
            "jdbc:mysql://h:1/d?sslMode=REQUIRED%26password=hunter2",
            "jdbc:lindorm:table:url=http://h:1;pwd=hunter2",
            "jdbc:lindorm:table:url=http://h:1;a=b;token=hunter2",
            "jdbc:lindorm:table:url=http://h:1;a=b; password =hunter2",
            "jdbc:lindorm:table:url=http://h:1;password=hunter2")) {
      assertThat(refused("url: " + url)).contains("holds a login");
    }
  }

  /** The job graph goes to a cluster, and its storage: it holds the references only. */
  @Test
  void theJobGraphHoldsNoPassword(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("p"), "hunter2");
    String reference = "'${file:" + folder.resolve("p") + "}'";
    AccessConfig access =
        config(MYSQL + "password: " + reference + "\nproperties: {clientToken: " + reference + "}");
    assertThat(
            LindormConnection.Login.of(access, LindormTables.config().splits().pages()).password())
        .isEqualTo("hunter2");
    LindormTable table =
        new LindormTable(LindormTables.with(LindormTables.config(), access), List.of("v"));

    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(graph)) {
      out.writeObject(table);
    }
    assertThat(graph.toString(StandardCharsets.ISO_8859_1))
        .contains("${file:")
        .doesNotContain("hunter2");
    assertThat(table.fingerprint() + table).doesNotContain("hunter2");
  }

  @Test
  void aSecretIsFoundInWhatADriverSays() {
    LindormConnection.Login login =
        new LindormConnection.Login(
            "root", "hunter2", Map.of("clientToken", "t0ken", "connectTimeout", "10000"));

    for (String message :
        List.of("{\"password\":\"hunter2\"}", "url=http://h:1;clientToken=t0ken")) {
      assertThat(login.isIn(new RuntimeException("no", new IllegalStateException(message))))
          .isTrue();
    }
    assertThat(login.isIn(new RuntimeException("root waited for 10000 ms"))).isFalse();
    assertThat(new LindormConnection.Login("", "", Map.of()).isIn(new RuntimeException("no login")))
        .isFalse();
  }

  @Test
  void nothingSecretIsShown() {
    AccessConfig config =
        config(
            MYSQL
                + "username: hunter2\n"
                + "password: ${env:P}\n"
                + "properties: {passwordCharacterEncoding: '${env:Q}', x: hunter2}");

    assertThat(config.toString()).contains("x=<redacted>").doesNotContain("hunter2");
    assertThat(new LindormConnection.Login("u", "hunter2", Map.of("x", "hunter2")).toString())
        .isEqualTo("<redacted>");
  }
}
