package io.dynaload.source.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.aws.AwsConfig;
import io.dynaload.aws.S3Clients;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.FaultyProxy;
import io.dynaload.local.S3Server;
import io.dynaload.local.S3Stub;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server, and a proxy before it that cuts connections. */
@Timeout(120)
class S3StorageITCase {
  private static final String BUCKET = "files";

  @TempDir private static Path folder;
  private static S3Server server;
  private static S3Client client;

  private FaultyProxy proxy;
  private Storage storage;
  private final AtomicLong nanos = new AtomicLong();

  @BeforeAll
  static void startTheServer() throws Exception {
    server = S3Server.start(BUCKET, folder);
    client = S3Clients.of(new AwsConfig(null, server.endpoint().toString(), null));
  }

  @AfterAll
  static void stopTheServer() {
    client.close();
    server.close();
  }

  @BeforeEach
  void connect() {
    proxy = FaultyProxy.start("127.0.0.1", server.endpoint().getPort(), 2);
    storage = storage(proxy.port());
  }

  @AfterEach
  void disconnect() throws Exception {
    storage.close();
    proxy.close();
  }

  /** Pauses only move the test's clock. */
  private Storage storage(int port) {
    Retry retry =
        new Retry(millis -> nanos.addAndGet(Duration.ofMillis(millis).toNanos()), nanos::get);
    AwsConfig aws = new AwsConfig(null, "http://127.0.0.1:" + port, null);
    return new Storages(new StorageConfig(aws, false), retry);
  }

  private static byte[] put(String key, int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    server.put(BUCKET, key, bytes);
    return bytes;
  }

  private List<String> uris(String path) throws IOException {
    return storage.list(path).stream().map(StoredObject::uri).toList();
  }

  @Test
  void prefixesFoldersAndPatternsAreListed() throws Exception {
    put("list/a.csv", 3);
    put("list/b/c d+ü.csv", 3);
    put("list/_SUCCESS", 1);
    put("list-2/x.csv", 3);
    assertThat(uris("s3://files/list"))
        .containsExactly("s3://files/list/a.csv", "s3://files/list/b/c d+ü.csv");
    assertThat(uris("s3://files/list/")).hasSize(2);
    assertThat(uris("s3://files/list/a.csv")).containsExactly("s3://files/list/a.csv");
    assertThat(uris("s3://files/list*/*.csv"))
        .containsExactly("s3://files/list-2/x.csv", "s3://files/list/a.csv");
    assertThat(uris("s3://files/list/**/*.csv")).hasSize(2);
    assertThat(uris("s3://files/nothing")).isEmpty();
    assertThat(storage.find("s3://files/list")).isEmpty();
    StoredObject found = storage.find("s3://files/list/b/c d+ü.csv").orElseThrow();
    assertThat(found).isIn(storage.list("s3://files/list"));
    assertThat(found.size()).isEqualTo(3);
  }

  @Test
  void aListingGoesOnBehindItsFirstThousand() throws Exception {
    for (int i = 0; i < 1100; i++) {
      server.put(BUCKET, "many/" + i, new byte[1]);
    }
    assertThat(uris("s3://files/many")).hasSize(1100).doesNotHaveDuplicates();
  }

  @Test
  void anObjectIsReadFromAnyByteOn() throws Exception {
    byte[] bytes = put("ranges", 100_000);
    StoredObject object = storage.find("s3://files/ranges").orElseThrow();
    for (int offset : new int[] {0, 1, 99_999, 100_000}) {
      try (InputStream in = storage.open(object, offset)) {
        assertThat(in.readAllBytes())
            .isEqualTo(java.util.Arrays.copyOfRange(bytes, offset, bytes.length));
      }
    }
    put("empty", 0);
    try (InputStream in = storage.open(storage.find("s3://files/empty").orElseThrow(), 0)) {
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void readingGoesOnAfterEveryCut() throws Exception {
    byte[] bytes = put("cut", 3_000_000);
    StoredObject object = storage.find("s3://files/cut").orElseThrow();
    proxy.cutAfter(20_000, 400_000);
    for (int i = 0; i < 6; i++) {
      // The direction that a cut comes in is the connection's: each time another one.
      proxy.cutNow();
      try (InputStream in = storage.open(object, 0)) {
        assertThat(in.readAllBytes()).isEqualTo(bytes);
      }
    }
    assertThat(proxy.accepted()).isGreaterThan(9);
  }

  @Test
  void aStreamThatWasCutWhileNobodyReadGoesOn() throws Exception {
    byte[] bytes = put("idle", 5_000_000);
    StoredObject object = storage.find("s3://files/idle").orElseThrow();
    try (InputStream in = storage.open(object, 0)) {
      byte[] first = in.readNBytes(1000);
      proxy.cutNow();
      byte[] rest = in.readAllBytes();
      assertThat(first.length + rest.length).isEqualTo(bytes.length);
      assertThat(rest).isEqualTo(java.util.Arrays.copyOfRange(bytes, 1000, bytes.length));
    }
  }

  @Test
  void anObjectThatIsAnotherByNowEndsTheRun() throws Exception {
    put("changed", 5_000_000);
    StoredObject object = storage.find("s3://files/changed").orElseThrow();
    try (InputStream in = storage.open(object, 0)) {
      in.readNBytes(1000);
      put("changed", 5_000_001);
      proxy.cutNow();
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOfSatisfying(
              ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE))
          .hasMessage("s3://files/changed was changed after the run began");
    }
  }

  @Test
  void aServerThatKnowsNoConditionsAndNoRangesIsNotTrusted() throws Exception {
    try (S3Stub stub = S3Stub.start(call -> null)) {
      stub.put("a", "first");
      try (Storage plain = storage(URI.create(stub.url()).getPort())) {
        StoredObject object = plain.find("s3://bucket/a").orElseThrow();
        try (InputStream in = plain.open(object, 2)) {
          assertThatThrownBy(in::readAllBytes)
              .isInstanceOf(ImportException.class)
              .hasMessage("The server gives out s3://bucket/a from its beginning only");
        }
        stub.put("a", "other");
        try (InputStream in = plain.open(object, 0)) {
          assertThatThrownBy(in::readAllBytes)
              .isInstanceOf(ImportException.class)
              .hasMessage("s3://bucket/a was changed after the run began");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100%.csv",
        "a%20b.csv",
        "a+b.csv",
        " a b .csv",
        "a&b=c;d.csv",
        "日本/😀.csv",
        "a#b.csv",
        "a:b@c.csv"
      })
  void anObjectOfAnyNameIsFoundListedAndRead(String name) throws Exception {
    byte[] bytes = put("names/" + name, 10);
    StoredObject object = storage.find("s3://files/names/" + name).orElseThrow();
    assertThat(storage.list("s3://files/names/" + name)).containsExactly(object);
    assertThat(storage.list("s3://files/names/**")).contains(object);
    try (InputStream in = storage.open(object, 3)) {
      assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, 3, 10));
    }
  }

  @Test
  void anObjectThatIsGoneEndsTheRun() throws Exception {
    put("gone", 10);
    StoredObject object = storage.find("s3://files/gone").orElseThrow();
    client.deleteObject(r -> r.bucket(BUCKET).key("gone"));
    try (InputStream in = storage.open(object, 0)) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(ImportException.class)
          .hasMessage("s3://files/gone is no longer there");
    }
  }

  @Test
  void aBucketThatIsNotThereEndsTheRun() {
    assertThatThrownBy(() -> storage.list("s3://no-such-bucket/x/*"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("s3://no-such-bucket/x/*: S3 has no such bucket");
  }

  @Test
  void aServerThatIsAwayIsTriedForAMinute() throws Exception {
    put("away", 10);
    StoredObject object = storage.find("s3://files/away").orElseThrow();
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (Storage unreachable = storage(free);
        InputStream in = unreachable.open(object, 0)) {
      assertThatThrownBy(in::readAllBytes)
          .isExactlyInstanceOf(IOException.class)
          .hasMessageStartingWith("Reading s3://files/away failed");
    }
    assertThat(Duration.ofNanos(nanos.get()))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(70));
  }
}
