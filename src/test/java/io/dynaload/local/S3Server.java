package io.dynaload.local;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;

/** A real S3 server (s3proxy) on 127.0.0.1, in a process of its own, in memory; for tests. */
public final class S3Server implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final URI endpoint;
  private final HttpClient http = HttpClient.newHttpClient();

  private S3Server(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts it with one bucket; {@code folder} takes its settings and its log. */
  public static S3Server start(String bucket, Path folder) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    Path settings =
        Files.write(
            folder.resolve("s3proxy.properties"),
            List.of(
                "s3proxy.endpoint=" + endpoint,
                "s3proxy.authorization=none",
                "jclouds.provider=transient-nio2",
                "jclouds.identity=any",
                "jclouds.credential=any"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar().toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    S3Server server = new S3Server(process, endpoint);
    server.awaitBucket(bucket);
    return server;
  }

  private static Path jar() throws IOException {
    Path home = Path.of(System.getProperty("dynaload.home", "."));
    try (Stream<Path> jars = Files.list(home.resolve("target" + File.separator + "s3-server"))) {
      return jars.filter(jar -> jar.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  private void awaitBucket(String bucket) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        HttpRequest put =
            HttpRequest.newBuilder(endpoint.resolve("/" + bucket))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        if (http.send(put, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
          return;
        }
      } catch (IOException notUpYet) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          close();
          throw notUpYet;
        }
        process.waitFor(100, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  /** The answer to a listing of a bucket, as XML. */
  public String list(String bucket, String prefix) throws Exception {
    URI uri = endpoint.resolve("/" + bucket + "?list-type=2&prefix=" + prefix);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Writes an object; the key as it is, nothing escaped. */
  public void put(String bucket, String key, byte[] bytes) throws Exception {
    String path = new URI(null, null, "/" + bucket + "/" + key, null).getRawPath();
    URI uri = endpoint.resolve(path.replace("+", "%2B"));
    HttpRequest put =
        HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)).build();
    int status = http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("PUT of " + uri + " was answered with " + status);
    }
  }

  /** Makes this the server of all of Flink's {@code s3://} paths in this process. */
  public void useForFlink() throws IOException {
    Configuration flink = new Configuration();
    flink.setString("s3.endpoint", endpoint().toString());
    flink.setString("s3.path.style.access", "true");
    flink.setString("s3.access-key", "any");
    flink.setString("s3.secret-key", "any");
    Path plugins = Path.of(System.getProperty("dynaload.home", "."), "target/plugins");
    FileSystem.initialize(
        flink,
        new DefaultPluginManager(
            new DirectoryBasedPluginFinder(plugins).findPlugins(),
            CoreOptions.getPluginParentFirstLoaderPatterns(flink)));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
