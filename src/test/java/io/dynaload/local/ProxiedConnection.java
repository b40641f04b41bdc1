package io.dynaload.local;

import io.dynaload.local.FaultyProxy.Decision;
import io.dynaload.local.FaultyProxy.Fault;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** One connection through a {@link FaultyProxy}; for the proxy's thread only. */
final class ProxiedConnection {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final int number;
  private final SplittableRandom random;
  private final ProxyCounts counts;
  private final SelectionKey client;
  private final SelectionKey server;
  private final Flow toServer;
  private final Flow toClient;
  private Fault fault = Fault.NONE;
  private long lastPassed = System.nanoTime();

  /** One direction. */
  private static final class Flow {
    private final SocketChannel from;
    private final SocketChannel to;
    private final AtomicLong count;
    private final ByteBuffer held = ByteBuffer.allocate(BUFFER_BYTES);
    private long allowed = Long.MAX_VALUE;
    private boolean ended;
    private boolean done;

    Flow(SelectionKey from, SelectionKey to, AtomicLong count) {
      this.from = (SocketChannel) from.channel();
      this.to = (SocketChannel) to.channel();
      this.count = count;
    }

    void fill() throws IOException {
      while (!ended && held.hasRemaining()) {
        int read = from.read(held);
        ended = read < 0;
        if (read <= 0) {
          return;
        }
      }
    }

    /** Passes on what is held, as far as it is allowed; how many bytes. */
    int drain() throws IOException {
      if (done) {
        return 0;
      }
      held.flip();
      int end = held.limit();
      held.limit((int) Math.min(end, allowed));
      int written = to.write(held);
      held.limit(end);
      held.compact();
      allowed -= written;
      count.addAndGet(written);
      if (ended && held.position() == 0) {
        to.shutdownOutput();
        done = true;
      }
      return written;
    }

    int reading() {
      return !ended && held.hasRemaining() ? SelectionKey.OP_READ : 0;
    }

    int writing() {
      return held.position() > 0 ? SelectionKey.OP_WRITE : 0;
    }
  }

  private ProxiedConnection(
      int number,
      SplittableRandom random,
      SelectionKey client,
      SelectionKey server,
      ProxyCounts counts) {
    this.number = number;
    this.random = random;
    this.client = client;
    this.server = server;
    this.counts = counts;
    toServer = new Flow(client, server, counts.toServer);
    toClient = new Flow(server, client, counts.toClient);
  }

  /** The ends are connected already, and belong to it from here. */
  static ProxiedConnection between(
      SocketChannel client,
      SocketChannel server,
      Selector selector,
      SplittableRandom random,
      ProxyCounts counts)
      throws IOException {
    for (SocketChannel end : new SocketChannel[] {client, server}) {
      end.configureBlocking(false);
      end.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    return new ProxiedConnection(
        (int) counts.accepted.get(),
        random,
        client.register(selector, SelectionKey.OP_READ),
        server.register(selector, SelectionKey.OP_READ),
        counts);
  }

  int number() {
    return number;
  }

  SplittableRandom random() {
    return random;
  }

  /** From now on; the bytes of a CUT count from here. */
  void apply(Decision decision) {
    fault = decision.fault();
    toServer.allowed = Long.MAX_VALUE;
    toClient.allowed = Long.MAX_VALUE;
    if (fault == Fault.CUT) {
      (decision.toServer() ? toServer : toClient).allowed = decision.afterBytes();
    }
  }

  long nanosUntilIdle(long idleNanos) {
    return idleNanos == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : lastPassed + idleNanos - System.nanoTime();
  }

  /** Moves what can be moved without waiting; whether the connection is over. */
  boolean pump(long idleNanos) {
    try {
      toServer.fill();
      toClient.fill();
      boolean stalled = fault == Fault.STALL;
      if (!stalled) {
        move();
      }
      boolean cut = toServer.allowed == 0 || toClient.allowed == 0;
      boolean idle = nanosUntilIdle(idleNanos) <= 0;
      if (cut || idle) {
        counts.cuts.incrementAndGet();
      }
      if (cut || (stalled && toServer.ended)) {
        reset();
        return true;
      }
      if (idle || (toServer.done && toClient.done)) {
        client.channel().close();
        server.channel().close();
        return true;
      }
      client.interestOps(toServer.reading() | (stalled ? 0 : toClient.writing()));
      server.interestOps(toClient.reading() | (stalled ? 0 : toServer.writing()));
      return false;
    } catch (IOException e) {
      reset();
      return true;
    }
  }

  private void move() throws IOException {
    if (toServer.drain() + toClient.drain() > 0) {
      lastPassed = System.nanoTime();
    }
  }

  /** Ends it without the handshake: whoever reads or writes on it next gets an error. */
  void reset() {
    for (SelectionKey end : new SelectionKey[] {client, server}) {
      try (SocketChannel channel = (SocketChannel) end.channel()) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }
}
