package io.dynaload.emr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Looks, over and over, at the arguments and the environment of every process of this machine for a
 * text. deploy.sh itself may have it in its arguments until it does something.
 */
final class ProcessList {
  private final String text;
  private final BooleanSupplier begun;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<String> found = ConcurrentHashMap.newKeySet();
  private final Thread watcher = new Thread(this::run, "process-list");

  private ProcessList(String text, BooleanSupplier begun) {
    this.text = text;
    this.begun = begun;
  }

  /** Begins to look; {@code begun} says whether deploy.sh has done something. */
  static ProcessList watch(String text, BooleanSupplier begun) {
    ProcessList list = new ProcessList(text, begun);
    list.watcher.start();
    return list;
  }

  /** Ends it; returns what was found where. */
  Set<String> close() throws InterruptedException {
    closed.countDown();
    watcher.join();
    return found;
  }

  private void run() {
    try {
      do {
        look();
      } while (!closed.await(10, TimeUnit.MILLISECONDS));
    } catch (InterruptedException | IOException e) {
      found.add("not looked at: " + e);
    }
  }

  private void look() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .forEach(
              process -> {
                look(process.resolve("cmdline"));
                look(process.resolve("environ"));
              });
    }
  }

  private void look(Path file) {
    try {
      boolean earlier = !begun.getAsBoolean();
      String content = new String(Files.readAllBytes(file), UTF_8);
      if (content.contains(text) && !(earlier && content.contains("/deploy.sh"))) {
        found.add(file + " of " + content.replace(text, "…"));
      }
    } catch (IOException e) {
      // It has ended.
    }
  }
}
