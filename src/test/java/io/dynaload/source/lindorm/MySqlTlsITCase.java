package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.config.Secret;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.MariaDb;
import io.dynaload.local.NeedsMariaDb;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.ResultSet;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, to a server whose certificate nobody knows but the trust store of the test. */
@NeedsMariaDb
@Timeout(60)
class MySqlTlsITCase {
  private static final String STORE_PASSWORD = "s3cr3t-of-the-store";

  @TempDir private static Path folder;
  private static MariaDb server;

  @BeforeAll
  static void start() throws Exception {
    KeyStore own = ownCertificate();
    Certificate certificate = own.getCertificate("server");
    writePem("PRIVATE KEY", own.getKey("server", STORE_PASSWORD.toCharArray()).getEncoded(), "key");
    writePem("CERTIFICATE", certificate.getEncoded(), "certificate");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", certificate);
    try (OutputStream out = Files.newOutputStream(folder.resolve("trusted.p12"))) {
      trusted.store(out, STORE_PASSWORD.toCharArray());
    }
    server =
        MariaDb.start(
            "--ssl-key=" + folder.resolve("key"), "--ssl-cert=" + folder.resolve("certificate"));
    MySqlTables.create(server, "ts DATETIME, v INT, PRIMARY KEY(ts)");
    MySqlTables.insert(server, List.of("('2023-01-02', 7)"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** Signed by itself, for 127.0.0.1. */
  private static KeyStore ownCertificate() throws Exception {
    Path file = folder.resolve("own.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, STORE_PASSWORD.toCharArray());
    }
    return store;
  }

  private static void writePem(String kind, byte[] der, String file) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n",
        StandardCharsets.US_ASCII);
  }

  private static LindormConfig config(Map<String, String> properties) {
    LindormConfig config = MySqlTables.config(server.url() + "?sslMode=VERIFY_IDENTITY");
    Map<String, Secret> secrets = new LinkedHashMap<>();
    properties.forEach((name, value) -> secrets.put(name, Secret.of(value)));
    AccessConfig a = config.access();
    return LindormTables.with(
        config,
        new AccessConfig(
            a.url(), a.username(), a.password(), a.database(), secrets, a.driverJar()));
  }

  private static LindormConfig trusting() {
    return config(
        Map.of(
            "trustCertificateKeyStoreUrl",
            folder.resolve("trusted.p12").toUri().toString(),
            "trustCertificateKeyStoreType",
            "PKCS12",
            "trustCertificateKeyStorePassword",
            STORE_PASSWORD));
  }

  @Test
  void aServerWithACertificateThatIsTrustedIsReadEncrypted() throws Exception {
    assertThat(Reads.table(LindormTables.withColumns(trusting(), "v")))
        .containsExactly("{\"v\":{\"N\":\"7\"}}");
    try (LindormConnection connection = LindormConnection.open(trusting());
        ResultSet status =
            connection.prepare("SHOW SESSION STATUS LIKE 'Ssl_cipher'").executeQuery()) {
      assertThat(status.next()).isTrue();
      assertThat(status.getString(2)).startsWith("TLS_");
    }
  }

  @Test
  void aServerWithAnotherCertificateIsNotRead() {
    ImportException e =
        catchThrowableOfType(
            ImportException.class, () -> new LindormSource(config(Map.of())).inspect());

    assertThat(e).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
    assertThat(e.problem())
        .startsWith("The server at 127.0.0.1:" + server.port() + " cannot be reached: ")
        .contains("trust anchors");
  }
}
