package io.dynaload.cli;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns SIGINT and SIGTERM into a request to stop in good order; a second signal ends the process
 * at once. A shutdown hook would not do: Flink's own hooks would run beside it and pull the cluster
 * away from under the last checkpoint.
 */
final class Interrupts implements AutoCloseable {
  private final AtomicReference<ExitStatus> received = new AtomicReference<>();
  private final Runnable onFirst;
  private final SignalHandler formerInt;
  private final SignalHandler formerTerm;

  Interrupts() {
    this(() -> {});
  }

  /** Runs {@code onFirst}, on a thread of its own, when the first signal arrives. */
  Interrupts(Runnable onFirst) {
    this.onFirst = onFirst;
    formerInt = Signal.handle(new Signal("INT"), signal -> receive(ExitStatus.INTERRUPTED));
    formerTerm = Signal.handle(new Signal("TERM"), signal -> receive(ExitStatus.TERMINATED));
  }

  private void receive(ExitStatus status) {
    if (!received.compareAndSet(null, status)) {
      Runtime.getRuntime().halt(status.code());
    }
    onFirst.run();
  }

  /** The exit status that the signal asks for, once there was one. */
  Optional<ExitStatus> received() {
    return Optional.ofNullable(received.get());
  }

  @Override
  public void close() {
    Signal.handle(new Signal("INT"), formerInt);
    Signal.handle(new Signal("TERM"), formerTerm);
  }
}
