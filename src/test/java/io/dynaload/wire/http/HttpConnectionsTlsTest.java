package io.dynaload.wire.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of a server whose certificate is its own work, and good for "localhost" alone. */
@Timeout(60)
class HttpConnectionsTlsTest {
  private static final String PASSWORD = "s3cr3t-of-the-store";
  private static final String STORE = "javax.net.ssl.trustStore";
  private static final String STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

  @TempDir private static Path folder;
  private static HttpsServer server;

  @BeforeAll
  static void start() throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                folder.resolve("own.p12").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("own.p12"))) {
      own.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @AfterEach
  void trustNobodyMore() {
    System.clearProperty(STORE);
    System.clearProperty(STORE_PASSWORD);
  }

  private static void trustTheServer() {
    System.setProperty(STORE, folder.resolve("own.p12").toString());
    System.setProperty(STORE_PASSWORD, PASSWORD);
  }

  private static HttpAnswer call(String host) throws Exception {
    URI endpoint = URI.create("https://" + host + ":" + server.getAddress().getPort());
    try (HttpConnections connections = new HttpConnections(endpoint, null)) {
      CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
      connections.send(Requests.post("secret"), answer::complete);
      return answer.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aServerThatTheTrustStoreKnowsIsCalled() throws Exception {
    trustTheServer();
    HttpAnswer answer = call("localhost");
    assertThat(answer.thrown()).isNull();
    assertThat(answer.body()).asString(US_ASCII).isEqualTo("secret");
  }

  @Test
  void aServerThatNobodyKnowsIsNot() throws Exception {
    assertThat(call("localhost").thrown()).isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aServerUnderAnotherNameIsNot() throws Exception {
    trustTheServer();
    assertThat(call("127.0.0.1").thrown()).isInstanceOf(SSLHandshakeException.class);
  }
}
