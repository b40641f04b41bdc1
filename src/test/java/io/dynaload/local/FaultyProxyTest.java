package io.dynaload.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.local.FaultyProxy.Decision;
import io.dynaload.local.FaultyProxy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultyProxyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private ServerSocket echo;
  private FaultyProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    daemon(this::serve);
    proxy = proxy(7);
  }

  @AfterEach
  void close() throws Exception {
    proxy.close();
    echo.close();
  }

  @Test
  void whatPassesArrivesWholeAndIsCounted() throws Exception {
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);
    try (Socket client = connect()) {
      daemon(
          () -> {
            client.getOutputStream().write(sent);
            client.shutdownOutput();
          });
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
    }
    assertThat(proxy.bytesToServer()).isEqualTo(sent.length);
    assertThat(proxy.bytesToClient()).isEqualTo(sent.length);
    assertThat(proxy.accepted()).isEqualTo(1);
    assertThat(proxy.cuts()).isZero();
  }

  @Test
  void aCutComesAfterExactlyTheDrawnBytes() throws Exception {
    proxy.cutAfter(1_000, 200_000);
    for (int i = 0; i < 10; i++) {
      long toServer = proxy.bytesToServer();
      long toClient = proxy.bytesToClient();
      assertThatThrownBy(this::exchangeUntilTheEnd).isInstanceOf(IOException.class);

      Decision decision = proxy.decisions().get(i);
      assertThat(decision.fault()).isEqualTo(Fault.CUT);
      assertThat(decision.afterBytes()).isBetween(1_000, 200_000);
      assertThat(
              decision.toServer()
                  ? proxy.bytesToServer() - toServer
                  : proxy.bytesToClient() - toClient)
          .isEqualTo(decision.afterBytes());
    }
    assertThat(proxy.cuts()).isEqualTo(10);
    assertThat(proxy.decisions()).extracting(Decision::toServer).contains(true, false);
  }

  @Test
  void aSwitchReachesConnectionsThatAreOpen() throws Exception {
    try (Socket client = connect()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');
      proxy.cutAfter(1, 1);
      assertThatThrownBy(
              () -> {
                echoed(client, 'b');
                echoed(client, 'c');
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void everyOpenConnectionCanBeCutAtOnce() throws Exception {
    try (Socket one = connect();
        Socket two = connect()) {
      echoed(one, 'a');
      echoed(two, 'a');
      proxy.cutNow();
      assertThat(proxy.open()).isZero();
      assertThatThrownBy(() -> echoed(one, 'b')).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> echoed(two, 'b')).isInstanceOf(IOException.class);
    }
    try (Socket three = connect()) {
      assertThat(echoed(three, 'c')).isEqualTo('c');
    }
  }

  @Test
  void aStallEndsWhenTheTestSaysSo() throws Exception {
    proxy.stall();
    try (Socket client = connect()) {
      client.setSoTimeout(100);
      assertThatThrownBy(() -> echoed(client, 'a')).isInstanceOf(SocketTimeoutException.class);
      assertThat(proxy.bytesToServer()).isZero();

      proxy.pass();
      client.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(client.getInputStream().read()).isEqualTo('a');
    }
  }

  @Test
  void aStallEndsWhenTheClientGivesUp() throws Exception {
    proxy.stall();
    try (Socket client = connect()) {
      client.getOutputStream().write('a');
      await(() -> proxy.open() == 1);
    }
    await(() -> proxy.open() == 0);
    assertThat(proxy.bytesToServer()).isZero();
  }

  @Test
  void aRefusedConnectionEndsAtOnceAndOpenOnesGoOn() throws Exception {
    try (Socket before = connect()) {
      echoed(before, 'a');
      proxy.refuse();
      try (Socket refused = connect()) {
        assertThat(refused.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(echoed(before, 'b')).isEqualTo('b');
    }
    assertThat(proxy.cuts()).isEqualTo(1);
  }

  @Test
  void aServerThatIsAwayLooksLikeARefusal() throws Exception {
    echo.close();
    try (Socket client = connect()) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void anIdleConnectionIsClosedAndABusyOneIsNot() throws Exception {
    try (Socket client = connect()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');
      proxy.cutIdle(Duration.ofMillis(50));
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(proxy.cuts()).isEqualTo(1);

    Duration idle = Duration.ofSeconds(1);
    proxy.cutIdle(idle);
    try (Socket client = connect()) {
      long end = System.nanoTime() + idle.plusMillis(200).toNanos();
      while (System.nanoTime() < end) {
        assertThat(echoed(client, 'a')).isEqualTo('a');
      }
    }
    assertThat(proxy.cuts()).isEqualTo(1);
  }

  @Test
  void oneSeedDrawsTheSameAndAnotherDoesNot() throws Exception {
    List<Decision> first = decisionsOf(42);
    assertThat(decisionsOf(42)).isEqualTo(first);
    assertThat(decisionsOf(43)).isNotEqualTo(first);
    assertThat(first)
        .hasSize(42)
        .extracting(Decision::fault)
        .contains(Fault.NONE, Fault.CUT, Fault.REFUSE)
        .doesNotContain(Fault.STALL);
  }

  /** Forty connections under random faults, with one open before, which is drawn twice. */
  private List<Decision> decisionsOf(long seed) throws Exception {
    try (FaultyProxy seeded = proxy(seed);
        Socket open = connect(seeded)) {
      echoed(open, 'a');
      seeded.atRandom(0.5, 10, 1_000, Fault.CUT, Fault.REFUSE);
      for (int i = 0; i < 40; i++) {
        connect(seeded).close();
      }
      await(() -> seeded.accepted() == 41);
      return seeded.decisions();
    }
  }

  @Test
  void nothingIsLeftAfterClose() throws Exception {
    try (Socket client = connect()) {
      echoed(client, 'a');
      int port = proxy.port();
      proxy.close();
      assertThatThrownBy(() -> echoed(client, 'b')).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
          .isInstanceOf(IOException.class);
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .doesNotContain("faulty-proxy");
      assertThatThrownBy(proxy::pass).hasMessage("the proxy is closed");
    }
  }

  private FaultyProxy proxy(long seed) {
    return FaultyProxy.start("127.0.0.1", echo.getLocalPort(), seed);
  }

  private Socket connect() throws IOException {
    return connect(proxy);
  }

  private static Socket connect(FaultyProxy to) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), to.port());
    client.setSoTimeout((int) PATIENCE.toMillis());
    return client;
  }

  /** What comes back for it; an end of the stream is an IOException here. */
  private static int echoed(Socket client, int value) throws IOException {
    client.getOutputStream().write(value);
    int answer = client.getInputStream().read();
    if (answer < 0) {
      throw new IOException("ended");
    }
    return answer;
  }

  private void exchangeUntilTheEnd() throws IOException {
    byte[] block = new byte[1_000];
    try (Socket client = connect()) {
      while (true) {
        client.getOutputStream().write(block);
        if (client.getInputStream().readNBytes(block.length).length < block.length) {
          throw new IOException("ended");
        }
      }
    }
  }

  private void serve() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      while (true) {
        Socket connection = echo.accept();
        open.add(connection);
        daemon(
            () -> {
              try (InputStream in = connection.getInputStream();
                  OutputStream out = connection.getOutputStream()) {
                in.transferTo(out);
              }
            });
      }
    } finally {
      for (Socket connection : open) {
        connection.close();
      }
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void daemon(Action action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (IOException e) {
                // The connection ended, by the proxy or by the test.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.yield();
    }
  }
}
