package io.dynaload.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A TCP proxy on a free port of 127.0.0.1 that misbehaves on demand, to stand between a client and
 * a server in a test.
 *
 * <p>What happens to a connection is drawn when it is accepted, and again whenever the test
 * switches what the proxy does, from a random sequence that depends on the seed and on the
 * connection's place in the order of arrival alone. So two runs with one seed draw the same, though
 * the moments at which TCP moves bytes differ.
 *
 * <p>A switch holds once its method returns. Methods may be called from any thread; one thread
 * moves the bytes of all connections, and it is gone once {@link #close} returns.
 */
public final class FaultyProxy implements AutoCloseable {
  /** What can go wrong with a connection. */
  public enum Fault {
    NONE,
    /** Reset, in both directions, once a drawn number of bytes has passed in a drawn direction. */
    CUT,
    /** Open, but nothing passes until {@link FaultyProxy#pass} or until the client gives up. */
    STALL,
    /** Closed as soon as it is accepted; a connection that is open already stays so. */
    REFUSE
  }

  /** What was drawn for a connection, which counts from 1; the last two mean something to a CUT. */
  public record Decision(int connection, Fault fault, boolean toServer, int afterBytes) {}

  /** What the proxy does: to a part of the connections one of the faults, drawn evenly. */
  private record Mode(double part, int minBytes, int maxBytes, List<Fault> faults) {
    static Mode always(Fault fault) {
      return new Mode(1, 1, 1, List.of(fault));
    }

    Decision draw(int connection, SplittableRandom random) {
      boolean faulty = random.nextDouble() < part;
      Fault fault = faults.get(random.nextInt(faults.size()));
      boolean toServer = random.nextBoolean();
      int afterBytes = random.nextInt(minBytes, maxBytes + 1);
      return new Decision(connection, faulty ? fault : Fault.NONE, toServer, afterBytes);
    }
  }

  private final InetSocketAddress server;
  private final ServerSocketChannel listener;
  private final Selector selector;
  private final Thread thread;
  private final Queue<FutureTask<?>> tasks = new ConcurrentLinkedQueue<>();
  private final ProxyCounts counts = new ProxyCounts();
  private volatile boolean closing;

  // Below: the proxy's thread only.
  private final SplittableRandom random;
  private final List<ProxiedConnection> connections = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private Mode mode = Mode.always(Fault.NONE);
  private long idleNanos = Long.MAX_VALUE;

  private FaultyProxy(InetSocketAddress server, long seed) throws IOException {
    this.server = server;
    random = new SplittableRandom(seed);
    selector = Selector.open();
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    thread = new Thread(this::run, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts one that lets everything pass. */
  public static FaultyProxy start(String host, int port, long seed) {
    try {
      return new FaultyProxy(new InetSocketAddress(host, port), seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.socket().getLocalPort();
  }

  /** Lets everything pass, from now on and on every open connection. */
  public void pass() {
    switchTo(Mode.always(Fault.NONE));
  }

  /** Cuts every connection, open or new, after a number of bytes from this range, both included. */
  public void cutAfter(int minBytes, int maxBytes) {
    switchTo(new Mode(1, minBytes, maxBytes, List.of(Fault.CUT)));
  }

  /** Holds back everything on every connection, open or new. */
  public void stall() {
    switchTo(Mode.always(Fault.STALL));
  }

  /** Closes new connections; see {@link #cutNow} for the open ones. */
  public void refuse() {
    switchTo(Mode.always(Fault.REFUSE));
  }

  /**
   * Draws one of the faults for about this part (0 to 1) of the connections, open or new; a CUT
   * comes after {@code minBytes} to {@code maxBytes}.
   */
  public void atRandom(double part, int minBytes, int maxBytes, Fault... faults) {
    switchTo(new Mode(part, minBytes, maxBytes, List.of(faults)));
  }

  /**
   * Closes, in good order, each connection on which nothing has passed for this time, beside all
   * else that the proxy does; zero for never.
   */
  public void cutIdle(Duration after) {
    call(() -> idleNanos = after.isZero() ? Long.MAX_VALUE : after.toNanos());
  }

  /** Resets every open connection. */
  public void cutNow() {
    call(
        () -> {
          counts.cuts.addAndGet(connections.size());
          connections.forEach(ProxiedConnection::reset);
          connections.clear();
        });
  }

  /** Everything drawn so far, in order. */
  public List<Decision> decisions() {
    List<Decision> copy = new ArrayList<>();
    call(() -> copy.addAll(decisions));
    return copy;
  }

  /** Connections accepted so far, with those that were refused at once. */
  public long accepted() {
    return counts.accepted.get();
  }

  /** Connections open now. */
  public int open() {
    int[] open = new int[1];
    call(() -> open[0] = connections.size());
    return open[0];
  }

  /** Connections that the proxy ended: cut, refused or closed as idle. */
  public long cuts() {
    return counts.cuts.get();
  }

  /** Bytes passed on to the server so far. */
  public long bytesToServer() {
    return counts.toServer.get();
  }

  /** Bytes passed on to clients so far. */
  public long bytesToClient() {
    return counts.toClient.get();
  }

  /** Resets every connection and stops to listen. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    selector.wakeup();
    thread.join();
  }

  private void switchTo(Mode next) {
    if (next.minBytes < 1 || next.maxBytes < next.minBytes) {
      throw new IllegalArgumentException(next.minBytes + " to " + next.maxBytes + " bytes");
    }
    call(
        () -> {
          mode = next;
          connections.forEach(
              connection -> connection.apply(draw(connection.number(), connection.random())));
        });
  }

  private Decision draw(int connection, SplittableRandom sequence) {
    Decision decision = mode.draw(connection, sequence);
    decisions.add(decision);
    return decision;
  }

  /** Runs it on the proxy's thread and waits until it is done. */
  private void call(Runnable action) {
    FutureTask<?> task = new FutureTask<>(action, null);
    tasks.add(task);
    selector.wakeup();
    while (!task.isDone()) {
      if (!thread.isAlive()) {
        throw new IllegalStateException("the proxy is closed");
      }
      try {
        task.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Look again whether anybody is there to do it.
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void run() {
    try (selector;
        listener) {
      while (!closing) {
        selector.select(untilNextIdle());
        for (FutureTask<?> task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        if (selector.selectedKeys().removeIf(key -> key.channel() == listener)) {
          accept();
        }
        selector.selectedKeys().clear();
        connections.removeIf(connection -> connection.pump(idleNanos));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      connections.forEach(ProxiedConnection::reset);
    }
  }

  private long untilNextIdle() {
    long nanos = Long.MAX_VALUE;
    for (ProxiedConnection connection : connections) {
      nanos = Math.min(nanos, connection.nanosUntilIdle(idleNanos));
    }
    return nanos == Long.MAX_VALUE ? 0 : 1 + Math.max(0, nanos / 1_000_000);
  }

  private void accept() throws IOException {
    for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
      int number = (int) counts.accepted.incrementAndGet();
      SplittableRandom sequence = random.split();
      Decision decision = draw(number, sequence);
      if (decision.fault() == Fault.REFUSE) {
        counts.cuts.incrementAndGet();
        client.close();
      } else {
        open(client, sequence, decision);
      }
    }
  }

  private void open(SocketChannel client, SplittableRandom sequence, Decision decision)
      throws IOException {
    SocketChannel upstream;
    try {
      upstream = SocketChannel.open(server);
    } catch (IOException e) {
      client.close();
      return;
    }
    ProxiedConnection connection =
        ProxiedConnection.between(client, upstream, selector, sequence, counts);
    connection.apply(decision);
    connections.add(connection);
  }
}
