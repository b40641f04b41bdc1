package io.dynaload.emr.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a primary node is asked that answers nothing of use. */
class YarnWatchTest {
  private static final String NO_APPLICATION = "{\"apps\":null}";

  private final YarnWatch watch = new YarnWatch();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer node;
  private volatile boolean isReachable;

  @BeforeEach
  void start() throws Exception {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = NO_APPLICATION.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(isReachable ? 200 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    node.start();
  }

  @AfterEach
  void stop() {
    node.stop(0);
  }

  /** Which of so many looks asked the node, counted from 0. */
  private List<Integer> looksThatAsk(int looks) throws InterruptedException {
    List<Integer> found = new ArrayList<>();
    for (int look = 0; look < looks; look++) {
      int before = asked.get();
      watch.find(null, "127.0.0.1:" + node.getAddress().getPort(), 0);
      if (asked.get() > before) {
        found.add(look);
      }
    }
    return found;
  }

  @Test
  void oneThatDoesNotAnswerIsAskedAgainAtOnceAndThenLessAndLessOften() throws Exception {
    assertThat(looksThatAsk(100)).hasSizeBetween(5, 10);
  }

  @Test
  void oneThatAnswersAgainIsAskedAtEachLook() throws Exception {
    looksThatAsk(5);
    isReachable = true;
    List<Integer> asking = looksThatAsk(10);
    assertThat(asking.get(asking.size() - 1)).isEqualTo(9);
    assertThat(looksThatAsk(5)).hasSize(5);
  }
}
